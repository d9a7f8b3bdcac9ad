package dev.tutti.server.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.protobuf.ByteString;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.tutti.server.classify.FakeWorkers;
import dev.tutti.server.grpc.call.TimeMapper;
import dev.tutti.v1.ClassificationServiceGrpc;
import dev.tutti.v1.ClassifyRequest;
import dev.tutti.v1.ClassifyResponse;
import dev.tutti.v1.DataType;
import io.grpc.Status.Code;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InFlightBytesTest {
  @Test
  void largeRequestsAreTurnedAwayWhileOthersAreUnderWay() throws IOException {
    try (InProcessGateway gateway = new InProcessGateway(FakeWorkers.busy())) {
      ListenableFuture<ClassifyResponse> first = large(gateway);
      // From here on the work that all of them share is the first one's.
      while (gateway.batcher.queued() == 0) {
        Thread.onSpinWait();
      }
      ListenableFuture<ClassifyResponse> second = large(gateway);
      Status refusal = refusal(large(gateway));
      assertEquals(Code.RESOURCE_EXHAUSTED.value(), refusal.getCode());
      assertEquals(
          TimeMapper.toProto(Duration.ofMillis(200)),
          Wire.detail(refusal, RetryInfo.class).orElseThrow().getRetryDelay());
      assertFalse(first.isDone());

      second.cancel(true);
      assertFalse(large(gateway).isDone());
    }
  }

  @Test
  void aRequestThatIsAnsweredWeighsNothingAnyMore() throws IOException {
    try (InProcessGateway gateway = new InProcessGateway(FakeWorkers.busy())) {
      for (int i = 0; i < 10; i++) {
        ClassifyRequest.Builder wrong = request();
        wrong.getAudioBuilder().getPcmBuilder().setSampleRateHz(1);
        Status refusal = refusal(send(gateway, wrong.build()));
        assertEquals("audio.pcm.sample_rate_hz", Wire.field(refusal));
      }
    }
  }

  private static ListenableFuture<ClassifyResponse> large(InProcessGateway gateway) {
    return send(gateway, request().build());
  }

  private static ListenableFuture<ClassifyResponse> send(
      InProcessGateway gateway, ClassifyRequest request) {
    return ClassificationServiceGrpc.newFutureStub(gateway.channel).classify(request);
  }

  /** Silence of nearly the largest size; two fit in. */
  private static ClassifyRequest.Builder request() {
    ClassifyRequest.Builder request = ClassifyRequest.newBuilder();
    request
        .getAudioBuilder()
        .getPcmBuilder()
        .setDtype(DataType.DATA_TYPE_FLOAT32)
        .setSampleRateHz(4000)
        .setSamples(ByteString.copyFrom(new byte[1_000_000]));
    return request;
  }

  private static Status refusal(ListenableFuture<ClassifyResponse> answer) {
    return Wire.status(assertThrows(ExecutionException.class, answer::get).getCause());
  }
}
