package dev.tutti.server.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.server.classify.FakeWorkers;
import dev.tutti.v1.EvaluateRequest;
import dev.tutti.v1.EvaluateResponse;
import dev.tutti.v1.EvaluationServiceGrpc;
import dev.tutti.v1.SampleErrorPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client may offer thousands of samples; the server takes what it can hold. */
@Timeout(60)
class EvaluateFlowControlTest {
  private static final int SAMPLES = 5000;

  /** Messages that the server may have asked for beyond those in flight. */
  private static final int AWAITED = 4;

  private static final int BOUND = 1 + InProcessGateway.EVALUATE.maxInFlight() + AWAITED;

  private InProcessGateway gateway;

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void whileWorkersAreBusyOnlySoManySamplesAreTaken() throws IOException {
    FakeWorkers workers = FakeWorkers.answeringWhenTold();
    var stream = start(workers, Integer.MAX_VALUE);
    assertEquals(InProcessGateway.EVALUATE.maxInFlight(), workers.samples());
    assertTrue(stream.sent() <= BOUND, () -> stream.sent() + " were taken");
    workers.answerAll();
    assertAllAnswered(stream);
  }

  @Test
  void whileTheClientDoesNotReadTheServerStopsAsking() throws IOException {
    var stream = start(FakeWorkers.answeringAtOnce(), 0);
    assertEquals(1, stream.sent(), "only the config");
    stream.read(3);
    assertEquals(3, stream.answers.size());
    assertTrue(stream.sent() >= 1 + 3, () -> stream.sent() + " were taken");
    assertTrue(stream.sent() <= 3 + BOUND, () -> stream.sent() + " were taken");
    int sent = stream.sent();
    gateway.time.advance(Duration.ofMinutes(1));
    assertEquals(sent, stream.sent());
    assertEquals(3, stream.answers.size());
  }

  @Test
  void everythingIsAnsweredOnceTheClientReadsAgain() throws IOException {
    var stream = start(FakeWorkers.answeringAtOnce(), 1);
    int before = stream.sent();
    assertTrue(before < SAMPLES);
    for (int i = 0; i < 100; i++) {
      stream.read(1);
    }
    assertTrue(stream.sent() <= 101 + BOUND, () -> stream.sent() + " were taken");
    stream.read(Integer.MAX_VALUE);
    assertAllAnswered(stream);
  }

  private static void assertAllAnswered(RecordingStream<EvaluateRequest, EvaluateResponse> stream) {
    assertEquals(SAMPLES + 1, stream.sent());
    assertTrue(stream.completed());
    int next = 0;
    for (EvaluateResponse answer : stream.answers) {
      if (answer.hasPrediction()) {
        assertEquals(next, answer.getPrediction().getIndex());
        assertEquals("sample " + next, answer.getPrediction().getId());
        next++;
      }
    }
    assertEquals(SAMPLES, next);
    EvaluateResponse last = stream.answers.get(stream.answers.size() - 1);
    assertEquals(SAMPLES, last.getSummary().getMetrics().getSamples());
    assertEquals(SAMPLES + SAMPLES / 100 + 1, stream.answers.size());
  }

  private RecordingStream<EvaluateRequest, EvaluateResponse> start(
      FakeWorkers workers, int readAtFirst) throws IOException {
    gateway = new InProcessGateway(workers);
    Iterator<EvaluateRequest> offers =
        Stream.concat(
                Stream.of(Wire.config(SampleErrorPolicy.SAMPLE_ERROR_POLICY_FAIL)),
                IntStream.range(0, SAMPLES)
                    .mapToObj(i -> Wire.sample("sample " + i, i / (float) SAMPLES)))
            .iterator();
    RecordingStream<EvaluateRequest, EvaluateResponse> stream =
        new RecordingStream<>(offers, readAtFirst);
    EvaluationServiceGrpc.newStub(gateway.channel).evaluate(stream);
    return stream;
  }
}
