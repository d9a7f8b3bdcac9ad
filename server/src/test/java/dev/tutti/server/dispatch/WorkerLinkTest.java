package dev.tutti.server.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.core.spectrogram.Spectrogram;
import dev.tutti.server.batching.Batch;
import dev.tutti.server.batching.BatchAnswer;
import dev.tutti.server.batching.WorkerLostException;
import dev.tutti.server.classify.TestBank;
import dev.tutti.server.error.OverloadedException;
import dev.tutti.server.supervision.WorkerEnd;
import io.grpc.Status;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Batches at one worker: in parts, refused, and lost. */
class WorkerLinkTest {
  private final FakeInferenceWorker worker = worker();
  private final WorkerLink link =
      new WorkerLink(
          "worker-0",
          worker.handle,
          FakeInferenceWorker.channel(worker.address),
          Duration.ofMinutes(1),
          System::nanoTime);

  @AfterEach
  void close() {
    link.close();
    worker.vanish();
  }

  @Test
  void thePartsOfABatchGoOneAfterAnother() {
    worker.runsBatchesOf(1, 2);
    describe();
    CompletableFuture<BatchAnswer> answer = infer(1, 2, 3, 4, 5);
    List<Integer> parts = new ArrayList<>();
    while (!worker.batches.isEmpty()) {
      assertEquals(1, worker.batches.size());
      assertFalse(answer.isDone());
      parts.add(worker.batches.getFirst().getRowsCount());
      worker.answer();
    }
    assertEquals(List.of(2, 2, 1), parts);
    assertEquals(List.of(1f, 2f, 3f, 4f, 5f), first(answer));
    assertEquals(3 * FakeInferenceWorker.SESSION_MICROS, answer.join().workerMicros());
  }

  @Test
  void aWorkerIsToldTheNamesOfTheRequests() {
    infer(1);
    assertEquals(List.of("a,b"), worker.requestIds);
    worker.answer();
  }

  @Test
  void aBatchThatAWorkersQueueHasNoRoomForGoesAgainWhenAnotherHasEnded() {
    CompletableFuture<BatchAnswer> running = infer(1);
    CompletableFuture<BatchAnswer> refused = infer(2);
    worker.refuseLast(exhausted());
    assertFalse(refused.isDone());
    assertEquals(1, worker.batches.size());
    worker.answer();
    assertEquals(List.of(1f), first(running));
    worker.answer();
    assertEquals(List.of(2f), first(refused));
  }

  @Test
  void aBatchThatAnIdleWorkerHasNoRoomForComesInHalves() {
    CompletableFuture<BatchAnswer> answer = infer(1, 2, 3, 4);
    worker.refuse(exhausted());
    assertEquals(2, worker.batches.getFirst().getRowsCount());
    worker.refuse(exhausted());
    for (int i = 0; i < 4; i++) {
      assertEquals(1, worker.batches.getFirst().getRowsCount());
      worker.answer();
    }
    assertEquals(List.of(1f, 2f, 3f, 4f), first(answer));
    infer(5, 6);
    assertEquals(1, worker.batches.getFirst().getRowsCount());
  }

  @Test
  void oneSampleThatAnIdleWorkerHasNoRoomForIsOverload() {
    CompletableFuture<BatchAnswer> answer = infer(1);
    worker.refuse(exhausted());
    assertTrue(failure(answer) instanceof OverloadedException, failure(answer).toString());
  }

  @Test
  void aWorkerThatCrashedIsLostByItsOwnFault() {
    CompletableFuture<BatchAnswer> answer = infer(1);
    worker.vanish();
    assertFalse(answer.isDone());
    worker.handle.end(WorkerEnd.Kind.CRASHED, 134, "core dumped");
    assertTrue(lost(answer).crashed());
    assertEquals("worker-0 was lost: exit status 134: core dumped", lost(answer).getMessage());
  }

  @Test
  void whatWaitedBehindTheBatchThatRanIsNotBlamed() {
    CompletableFuture<BatchAnswer> answered = infer(1);
    CompletableFuture<BatchAnswer> ran = infer(2);
    CompletableFuture<BatchAnswer> waited = infer(3);
    worker.answer();
    assertTrue(answered.isDone());
    worker.vanish();
    worker.handle.end(WorkerEnd.Kind.OUT_OF_MEMORY, 137, "");
    assertTrue(lost(ran).crashed());
    assertFalse(lost(waited).crashed());
  }

  @Test
  void aWorkerThatWasKilledIsLostByNobodysFault() {
    CompletableFuture<BatchAnswer> answer = infer(1);
    worker.vanish();
    worker.handle.end(WorkerEnd.Kind.KILLED, 137, "");
    assertFalse(lost(answer).crashed());
  }

  @Test
  void aBatchWithoutAnAnswerIsReportedAndBlamedForTheHang() {
    CompletableFuture<BatchAnswer> answer = infer(1);
    worker.refuse(Status.DEADLINE_EXCEEDED.asRuntimeException());
    assertEquals(List.of("hung: a call was not answered within 60000 ms"), worker.handle.reports);
    assertFalse(answer.isDone());
    worker.handle.end(WorkerEnd.Kind.HUNG, 137, "");
    assertTrue(lost(answer).crashed());
  }

  @Test
  void aHangIsBlamedAlsoWhenTheProcessWillNotDie() throws Exception {
    CompletableFuture<BatchAnswer> answer = infer(1);
    worker.refuse(Status.DEADLINE_EXCEEDED.asRuntimeException());
    assertThrows(ExecutionException.class, () -> answer.get(30, TimeUnit.SECONDS));
    assertTrue(lost(answer).crashed());
  }

  @Test
  void aBrokenConnectionWithoutAnEndIsNobodysFault() throws Exception {
    CompletableFuture<BatchAnswer> answer = infer(1);
    worker.vanish();
    assertThrows(ExecutionException.class, () -> answer.get(30, TimeUnit.SECONDS));
    assertFalse(lost(answer).crashed());
  }

  private void describe() {
    link.describe("default", 0, Instant.EPOCH).join();
  }

  private CompletableFuture<BatchAnswer> infer(float... values) {
    List<Spectrogram> batch = new ArrayList<>();
    for (float value : values) {
      batch.add(TestBank.spectrogram(value));
    }
    return link.infer(TestBank.BANK, new Batch(batch, Set.of("b", "a")));
  }

  private static RuntimeException exhausted() {
    return Status.RESOURCE_EXHAUSTED.withDescription("no room").asRuntimeException();
  }

  private static List<Float> first(CompletableFuture<BatchAnswer> answer) {
    assertTrue(answer.isDone());
    return answer.join().rows().stream().map(row -> row[0]).toList();
  }

  private static WorkerLostException lost(CompletableFuture<?> future) {
    return assertInstanceOf(WorkerLostException.class, failure(future));
  }

  private static Throwable failure(CompletableFuture<?> future) {
    assertTrue(future.isDone());
    return assertThrows(CompletionException.class, future::join).getCause();
  }

  private static FakeInferenceWorker worker() {
    try {
      return new FakeInferenceWorker(0, TestBank.BANK.digest());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
