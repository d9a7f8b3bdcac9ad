package dev.tutti.server.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.protobuf.ByteString;
import com.google.rpc.Status;
import dev.tutti.server.classify.FakeWorkers;
import dev.tutti.server.classify.TestBank;
import dev.tutti.server.error.OverloadedException;
import dev.tutti.server.evaluate.NoteFolder;
import dev.tutti.server.wire.StftMapper;
import dev.tutti.v1.Audio;
import dev.tutti.v1.CacheOutcome;
import dev.tutti.v1.ClassificationServiceGrpc;
import dev.tutti.v1.ClassifyRequest;
import dev.tutti.v1.ClassifyResponse;
import dev.tutti.v1.LengthPolicy;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ClassificationEndpointTest {
  private InProcessGateway gateway;

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void aSpectrogramIsAnsweredWithEveryFamily() throws IOException {
    start(FakeWorkers.answeringAtOnce());
    ClassifyResponse response = classify(request(0.75f).build());
    assertEquals(3, response.getPredictionsCount());
    assertEquals(0.75f, response.getPredictions(1).getProbability());
    assertEquals(0.5, response.getPredictions(1).getThreshold());
    assertTrue(response.getPredictions(1).getPresent());
    assertEquals("default", response.getBank());
    assertEquals(TestBank.BANK.digest(), response.getBankDigest());
    assertEquals(CacheOutcome.CACHE_OUTCOME_MISS, response.getTrace().getProbabilityCache());
  }

  @Test
  void audioIsAnsweredWithItsLength() throws IOException {
    start(FakeWorkers.answeringAtOnce());
    ClassifyRequest request =
        ClassifyRequest.newBuilder()
            .setAudio(
                Audio.newBuilder().setEncodedFile(ByteString.copyFrom(NoteFolder.wav(60, 0.1))))
            .build();
    ClassifyResponse response = stub().classify(request);
    assertEquals(0.015, response.getInputSeconds());
    assertEquals(0.01, response.getAnalyzedSeconds());
    assertEquals(
        CacheOutcome.CACHE_OUTCOME_HIT, stub().classify(request).getTrace().getSpectrogramCache());
  }

  @Test
  void whatIsWrongIsNamedByItsField() throws IOException {
    start(FakeWorkers.answeringAtOnce());
    assertEquals("input", Wire.field(refusal(ClassifyRequest.getDefaultInstance())));
    ClassifyRequest.Builder keep = request(0);
    keep.getOptionsBuilder().setLengthPolicy(LengthPolicy.LENGTH_POLICY_KEEP);
    assertEquals("length_policy", Wire.field(refusal(keep.build())));
    ClassifyRequest noise =
        ClassifyRequest.newBuilder()
            .setAudio(Audio.newBuilder().setEncodedFile(ByteString.copyFromUtf8("noise")))
            .build();
    assertEquals("audio.encoded_file", Wire.field(refusal(noise)));
    ClassifyRequest.Builder elsewhere = request(0);
    elsewhere.getOptionsBuilder().setBank("elsewhere");
    assertEquals(io.grpc.Status.Code.NOT_FOUND.value(), refusal(elsewhere.build()).getCode());
    ClassifyRequest.Builder other = request(0);
    other.getSpectrogramBuilder().setStft(StftMapper.toProto(TestBank.STFT));
    other.getSpectrogramBuilder().getStftBuilder().setHopLength(5);
    assertEquals(io.grpc.Status.Code.FAILED_PRECONDITION.value(), refusal(other.build()).getCode());
  }

  @Test
  void aFailureOfTheWorkersIsAnswered() throws IOException {
    FakeWorkers workers = FakeWorkers.answeringWhenTold();
    start(workers);
    ListenableFuture<ClassifyResponse> answer = future(request(0).build());
    workers.failAll(new OverloadedException("full", Duration.ofSeconds(1)));
    ExecutionException failure = assertThrows(ExecutionException.class, answer::get);
    assertEquals(
        io.grpc.Status.Code.RESOURCE_EXHAUSTED,
        io.grpc.Status.fromThrowable(failure.getCause()).getCode());
  }

  @Test
  void aCancelGivesTheWorkUp() throws IOException {
    start(FakeWorkers.busy());
    ListenableFuture<ClassifyResponse> leaving = future(request(0.1f).build());
    ListenableFuture<ClassifyResponse> staying = future(request(0.2f).build());
    assertEquals(2, gateway.batcher.queued());
    leaving.cancel(true);
    gateway.time.advance(Duration.ofSeconds(1));
    assertEquals(1, gateway.batcher.queued());
    assertTrue(!staying.isDone());
  }

  @Test
  void aDeadlineGivesTheWorkUp() throws IOException {
    start(FakeWorkers.busy());
    ListenableFuture<ClassifyResponse> answer =
        ClassificationServiceGrpc.newFutureStub(gateway.channel)
            .withDeadlineAfter(20, TimeUnit.SECONDS)
            .classify(request(0.1f).build());
    gateway.time.advance(Duration.ofSeconds(19));
    assertEquals(1, gateway.batcher.queued());
    gateway.time.advance(Duration.ofSeconds(2));
    assertEquals(0, gateway.batcher.queued());
    assertTrue(answer.isDone());
  }

  private void start(FakeWorkers workers) throws IOException {
    gateway = new InProcessGateway(workers);
  }

  private ClassificationServiceGrpc.ClassificationServiceBlockingStub stub() {
    return ClassificationServiceGrpc.newBlockingStub(gateway.channel);
  }

  private ClassifyResponse classify(ClassifyRequest request) {
    return stub().classify(request);
  }

  private ListenableFuture<ClassifyResponse> future(ClassifyRequest request) {
    return ClassificationServiceGrpc.newFutureStub(gateway.channel).classify(request);
  }

  private Status refusal(ClassifyRequest request) {
    return Wire.status(assertThrows(StatusRuntimeException.class, () -> classify(request)));
  }

  private static ClassifyRequest.Builder request(float value) {
    return ClassifyRequest.newBuilder().setSpectrogram(Wire.spectrogram(value));
  }
}
