package dev.tutti.server.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.rpc.Status;
import dev.tutti.server.classify.FakeWorkers;
import dev.tutti.v1.ClassificationServiceGrpc;
import dev.tutti.v1.ClassifyRequest;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MessageSizeInterceptorTest {
  @Test
  void oneByteTooManyIsRefusedByNameAndTheLimitItselfIsNot() throws IOException {
    try (InProcessGateway gateway = new InProcessGateway(FakeWorkers.answeringAtOnce())) {
      Status exact = refusal(gateway, InProcessGateway.MAX_MESSAGE_BYTES);
      assertEquals("audio.encoded_file", Wire.field(exact));
      Status over = refusal(gateway, InProcessGateway.MAX_MESSAGE_BYTES + 1);
      assertEquals("message", Wire.field(over));
      assertTrue(
          over.getMessage().contains("1048577 bytes")
              && over.getMessage().contains("at most 1048576")
              && over.getMessage().contains("server.max-message-bytes"),
          over.getMessage());
    }
  }

  /** What becomes of a request of exactly so many bytes, none of which are audio. */
  private static Status refusal(InProcessGateway gateway, int bytes) {
    ClassifyRequest.Builder request = ClassifyRequest.newBuilder();
    request.getAudioBuilder().setEncodedFile(ByteString.copyFrom(new byte[bytes - 8]));
    ClassifyRequest built = request.build();
    assertEquals(bytes, built.getSerializedSize());
    return Wire.status(
        assertThrows(
            StatusRuntimeException.class,
            () -> ClassificationServiceGrpc.newBlockingStub(gateway.channel).classify(built)));
  }
}
