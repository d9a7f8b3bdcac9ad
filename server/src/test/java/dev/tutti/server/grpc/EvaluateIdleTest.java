package dev.tutti.server.grpc;

import static dev.tutti.v1.SampleErrorPolicy.SAMPLE_ERROR_POLICY_FAIL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.server.classify.FakeWorkers;
import dev.tutti.v1.EvaluateRequest;
import dev.tutti.v1.EvaluateResponse;
import dev.tutti.v1.EvaluationServiceGrpc;
import io.grpc.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that do nothing keep nobody out. One evaluation works at a time, four may be open. */
@Timeout(60)
class EvaluateIdleTest {
  private static final Duration GRACE = InProcessGateway.IDLE_GRACE;
  private static final Duration TIMEOUT = InProcessGateway.SERVER.idleTimeout();

  private final FakeWorkers workers = FakeWorkers.answeringWhenTold();
  private InProcessGateway gateway;
  private int sent = 1;

  @AfterEach
  void close() {
    gateway.close();
  }

  @Test
  void evaluationsOfWhichNobodyAsksAnythingYetTakeNoPlace() throws IOException {
    start();
    List<RecordingStream<EvaluateRequest, EvaluateResponse>> idle =
        IntStream.range(0, 3).mapToObj(i -> begin()).toList();
    var busy = begin();
    send(busy);
    workers.answerAll();
    busy.call().onCompleted();
    assertTrue(busy.completed());
    idle.forEach(stream -> assertTrue(stream.open()));
  }

  @Test
  void aClientThatFallsSilentGivesItsPlaceUpAndGetsOneAgain() throws IOException {
    start();
    var first = begin();
    send(first);
    workers.answerAll();
    gateway.time.advance(GRACE);
    var second = begin();
    send(second);
    send(first);
    assertEquals(2, workers.samples(), "the first has to wait");
    workers.answerAll();
    second.call().onCompleted();
    assertTrue(second.completed());
    assertEquals(3, workers.samples());
    workers.answerAll();
    first.call().onCompleted();
    assertTrue(first.completed());
    assertEquals(2, first.answers.get(2).getSummary().getMetrics().getSamples());
  }

  @Test
  void aPauseBetweenSamplesKeepsThePlace() throws IOException {
    start();
    var first = begin();
    send(first);
    workers.answerAll();
    gateway.time.advance(GRACE.minusMillis(1));
    assertEquals(Status.Code.RESOURCE_EXHAUSTED, begin().code());
  }

  @Test
  void aClientThatStaysSilentIsTold() throws IOException {
    start();
    var stream = begin();
    send(stream);
    workers.answerAll();
    gateway.time.advance(TIMEOUT.minusMillis(1));
    assertTrue(stream.open());
    send(stream);
    gateway.time.advance(TIMEOUT.multipliedBy(2));
    assertTrue(stream.open(), "it is the workers who are slow");
    workers.answerAll();
    gateway.time.advance(TIMEOUT);
    assertEquals(Status.Code.DEADLINE_EXCEEDED, stream.code());
    assertTrue(
        stream.status().getMessage().contains("server.idle-timeout"), stream.status().getMessage());
    assertEquals(0, gateway.calls.size());
  }

  @Test
  void aClientThatDoesNotReadGivesItsPlaceUp() throws IOException {
    start();
    RecordingStream<EvaluateRequest, EvaluateResponse> frozen =
        new RecordingStream<>(
            Stream.concat(
                    Stream.of(Wire.config(SAMPLE_ERROR_POLICY_FAIL)),
                    Collections.nCopies(100, Wire.sample("", 0)).stream())
                .iterator(),
            1);
    EvaluationServiceGrpc.newStub(gateway.channel).evaluate(frozen);
    workers.answerAll();
    gateway.time.advance(GRACE);
    var next = begin();
    send(next);
    workers.answerAll();
    next.call().onCompleted();
    assertTrue(next.completed());
    gateway.time.advance(TIMEOUT);
    assertEquals(0, gateway.batcher.queued());
    frozen.read(Integer.MAX_VALUE);
    assertEquals(Status.Code.DEADLINE_EXCEEDED, frozen.code());
  }

  private void start() throws IOException {
    gateway = new InProcessGateway(workers);
  }

  private RecordingStream<EvaluateRequest, EvaluateResponse> begin() {
    RecordingStream<EvaluateRequest, EvaluateResponse> stream = RecordingStream.byHand();
    EvaluationServiceGrpc.newStub(gateway.channel).evaluate(stream);
    stream.call().onNext(Wire.config(SAMPLE_ERROR_POLICY_FAIL));
    return stream;
  }

  /** A sample that no cache knows. */
  private void send(RecordingStream<EvaluateRequest, EvaluateResponse> stream) {
    stream.call().onNext(Wire.sample("", sent++ / 100f));
  }
}
