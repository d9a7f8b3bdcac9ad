package dev.tutti.server.dispatch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.core.spectrogram.Spectrogram;
import dev.tutti.server.bank.Edition;
import dev.tutti.server.bank.EditionObserver;
import dev.tutti.server.bank.ServedBanks;
import dev.tutti.server.batching.Batch;
import dev.tutti.server.batching.BatchAnswer;
import dev.tutti.server.batching.BatchSink;
import dev.tutti.server.classify.TestBank;
import dev.tutti.server.supervision.WorkerEnd;
import dev.tutti.server.supervision.WorkerListener;
import io.grpc.Context;
import io.grpc.Status;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WorkerPoolTest {
  private static final String DIGEST = TestBank.BANK.digest();

  private final ServedBanks bank = new ServedBanks("default", Map.of());
  private final Edition edition = new Edition(0);
  private final AtomicLong nanos = new AtomicLong();
  private final WorkerPool pool =
      new WorkerPool(
          new DispatchConfig(2, Duration.ofMinutes(1)),
          bank,
          FakeInferenceWorker::channel,
          Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
          nanos::get);
  private final List<FakeInferenceWorker> workers = new ArrayList<>();
  private final List<Integer> sizes = new ArrayList<>();

  private final List<String> fitness = new ArrayList<>();
  private final WorkerListener listener = pool.members(edition, observer());

  WorkerPoolTest() {
    bank.serve(edition, true);
    pool.onSize(sizes::add);
  }

  @AfterEach
  void close() {
    pool.close();
    workers.forEach(FakeInferenceWorker::vanish);
  }

  @Test
  void withoutAWorkerThereIsNoRoom() {
    assertTrue(pool.tryAcquire(DIGEST).isEmpty());
  }

  @Test
  void theFirstWorkersBankIsServed() throws IOException {
    join(DIGEST);
    assertEquals(TestBank.BANK, bank.require(""));
    assertEquals(List.of(1), sizes);
  }

  @Test
  void aBatchComesBackRowByRow() throws IOException {
    FakeInferenceWorker worker = join(DIGEST);
    CompletableFuture<BatchAnswer> answer = run(0.25f, 0.75f);
    assertEquals(DIGEST, worker.batches.getFirst().getBankDigest());
    assertEquals(1, pool.inFlight("worker-0"));
    worker.answer();
    assertArrayEquals(new float[] {0.25f, 0.25f, 0.25f}, answer.join().rows().get(0));
    assertArrayEquals(new float[] {0.75f, 0.75f, 0.75f}, answer.join().rows().get(1));
    assertEquals(0, pool.inFlight("worker-0"));
  }

  @Test
  void anAnswerSaysWhoMadeItAndHowLongThatTook() throws IOException {
    FakeInferenceWorker worker = join(DIGEST);
    CompletableFuture<BatchAnswer> answer = run(0.25f, 0.75f);
    nanos.addAndGet(TimeUnit.MICROSECONDS.toNanos(100 + FakeInferenceWorker.SESSION_MICROS));
    worker.answer();
    assertEquals("worker-0", answer.join().worker());
    assertEquals(2, answer.join().batchSize());
    assertEquals(FakeInferenceWorker.SESSION_MICROS, answer.join().workerMicros());
    assertEquals(100, answer.join().queueMicros());
  }

  @Test
  void roomThatIsNotUsedIsGivenBackOnce() throws IOException {
    join(DIGEST);
    BatchSink.Slot room = pool.tryAcquire(DIGEST).orElseThrow();
    assertEquals(1, pool.inFlight("worker-0"));
    room.giveBack();
    assertEquals(0, pool.inFlight("worker-0"));
    room.giveBack();
    assertEquals(0, pool.inFlight("worker-0"));
    assertThrows(IllegalStateException.class, () -> room.run(new Batch(List.of(), Set.of())));
  }

  @Test
  void aWorkerForLargerBatchesGetsThemWhole() throws IOException {
    FakeInferenceWorker worker = new FakeInferenceWorker(0, DIGEST);
    workers.add(worker);
    worker.runsBatchesOf(1, 32);
    listener.onReady(worker.name, worker.handle);
    CompletableFuture<BatchAnswer> answer = run(1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertEquals(9, worker.batches.getFirst().getRowsCount());
    worker.answer();
    assertEquals(9, answer.join().batchSize());
  }

  @Test
  void aBatchGoesToTheWorkerWithTheFewest() throws IOException {
    FakeInferenceWorker first = join(DIGEST);
    FakeInferenceWorker second = join(DIGEST);
    run(1);
    run(2);
    assertEquals(1, first.batches.size());
    assertEquals(1, second.batches.size());
    second.answer();
    run(3);
    assertEquals(1, first.batches.size());
    assertEquals(1, second.batches.size());
  }

  @Test
  void noWorkerHasMoreThanItsPermitsAndEachComesBackOnce() throws IOException {
    FakeInferenceWorker worker = join(DIGEST);
    List<Integer> room = new ArrayList<>();
    pool.onRoom(() -> room.add(pool.inFlight("worker-0")));
    CompletableFuture<BatchAnswer> answered = run(1);
    CompletableFuture<BatchAnswer> refused = run(2);
    assertTrue(pool.tryAcquire(DIGEST).isEmpty());
    worker.answer();
    assertTrue(answered.isDone());
    assertEquals(List.of(1), room);
    worker.refuse(Status.INVALID_ARGUMENT.withDescription("no").asRuntimeException());
    assertEquals(Status.Code.INVALID_ARGUMENT, Status.fromThrowable(failure(refused)).getCode());
    assertEquals(List.of(1, 0), room);
    assertTrue(pool.tryAcquire(DIGEST).isPresent());
    assertTrue(pool.tryAcquire(DIGEST).isPresent());
    assertTrue(pool.tryAcquire(DIGEST).isEmpty());
  }

  @Test
  void anAnswerOfAnotherSizeIsAFailureThatGivesTheRoomBack() throws IOException {
    FakeInferenceWorker worker = join(DIGEST);
    CompletableFuture<BatchAnswer> answer = run(1, 2);
    worker.answerBytes(2 * 3 * Float.BYTES - 1);
    Throwable failure = assertInstanceOf(IllegalStateException.class, failure(answer));
    assertTrue(failure.getMessage().contains("23 bytes for 2 x 3 floats"), failure.getMessage());
    assertEquals(0, pool.inFlight("worker-0"));
  }

  @Test
  void aSuspectWorkerGetsNoWorkUntilItIsReadyAgain() throws IOException {
    FakeInferenceWorker worker = join(DIGEST);
    CompletableFuture<BatchAnswer> before = run(1);
    listener.onSuspect(worker.name);
    assertTrue(pool.tryAcquire(DIGEST).isEmpty());
    worker.answer();
    assertTrue(before.isDone());
    assertTrue(pool.tryAcquire(DIGEST).isEmpty());
    listener.onReady(worker.name, worker.handle);
    assertTrue(pool.tryAcquire(DIGEST).isPresent());
    assertEquals(List.of(1, 0, 1), sizes);
  }

  @Test
  void aWorkerThatHasEndedGetsNothingMoreAlsoBeforeItIsSaidToBeGone() throws IOException {
    FakeInferenceWorker worker = join(DIGEST);
    worker.handle.vanish();
    assertTrue(pool.tryAcquire(DIGEST).isEmpty());
  }

  @Test
  void aWorkerThatLeavesMayFinishItsBatch() throws IOException {
    FakeInferenceWorker worker = join(DIGEST);
    CompletableFuture<BatchAnswer> answer = run(1);
    listener.onGone(worker.name);
    assertTrue(pool.tryAcquire(DIGEST).isEmpty());
    worker.answer();
    assertEquals(1, answer.join().batchSize());
    assertEquals(List.of(1, 0), sizes);
  }

  @Test
  void aWorkerWithAnotherBankGetsNoWork() throws IOException {
    join(DIGEST);
    FakeInferenceWorker other = join("cd".repeat(32));
    run(1);
    run(2);
    assertTrue(pool.tryAcquire(DIGEST).isEmpty());
    listener.onSuspect(other.name);
    listener.onReady(other.name, other.handle);
    assertTrue(pool.tryAcquire(DIGEST).isEmpty());
    assertEquals(0, other.batches.size());
    assertEquals(DIGEST, bank.require("").digest());
    assertEquals(
        List.of("worker-0 fit", "worker-1 unfit: it holds other models than the others"), fitness);
  }

  @Test
  void aWorkerOfAnEditionThatIsNotOpenYetPassesATrialAndGetsNoWorkBefore() throws IOException {
    Edition next = new Edition(2);
    FakeInferenceWorker worker = new FakeInferenceWorker(0, DIGEST);
    workers.add(worker);
    pool.members(next, observer()).onReady(worker.name, worker.handle);
    assertEquals(1, worker.batches.size());
    assertEquals(List.of(), fitness);
    worker.answerValue(1);
    assertEquals(List.of("worker-0 fit"), fitness);
    assertTrue(pool.tryAcquire(DIGEST).isEmpty());
    bank.serve(next, true);
    assertTrue(pool.tryAcquire(DIGEST).isPresent());
    assertEquals(2, bank.require("").version());
  }

  @Test
  void aWorkerThatFailsItsTrialIsEndedWithTheReason() throws IOException {
    FakeInferenceWorker worker = new FakeInferenceWorker(0, DIGEST);
    workers.add(worker);
    pool.members(new Edition(2), observer()).onReady(worker.name, worker.handle);
    worker.answerValue(1.5f);
    assertEquals(
        List.of("worker-0 unfit: In the canary check it answered 1.5, which is not a probability."),
        fitness);
    assertEquals(
        List.of("unfit: In the canary check it answered 1.5, which is not a probability."),
        worker.handle.reports);
  }

  @Test
  void aBatchGoesToAWorkerThatHoldsItsBank() throws IOException {
    FakeInferenceWorker old = join(DIGEST);
    Edition next = new Edition(2);
    String other = "cd".repeat(32);
    FakeInferenceWorker fresh = new FakeInferenceWorker(1, other);
    workers.add(fresh);
    pool.members(next, observer()).onReady(fresh.name, fresh.handle);
    fresh.answerValue(0);
    assertEquals(List.of(edition), bank.serve(next, true));
    run(1);
    assertEquals(1, old.batches.size());
    assertEquals(0, fresh.batches.size());
    assertTrue(pool.tryAcquire(other).isPresent());
    assertTrue(pool.refusal(DIGEST).isEmpty());
    bank.forget(edition);
    assertTrue(pool.refusal(DIGEST).orElseThrow().getMessage().contains("has been replaced"));
    assertEquals(other, pool.bankOf("worker-1"));
  }

  @Test
  void aWorkerThatTurnsSuspectBeforeItHasSaidWhatItServesStaysOut() throws IOException {
    FakeInferenceWorker worker = new FakeInferenceWorker(0, DIGEST);
    workers.add(worker);
    worker.keepSilent();
    listener.onReady(worker.name, worker.handle);
    assertTrue(pool.tryAcquire(DIGEST).isEmpty());
    listener.onSuspect(worker.name);
    worker.describe();
    assertTrue(pool.tryAcquire(DIGEST).isEmpty());
    listener.onReady(worker.name, worker.handle);
    assertTrue(pool.tryAcquire(DIGEST).isPresent());
  }

  @Test
  void listenersMayUseThePoolFromAnotherThread() throws IOException {
    List<Boolean> found = new ArrayList<>();
    pool.onRoom(
        () ->
            found.add(
                CompletableFuture.supplyAsync(() -> pool.tryAcquire(DIGEST))
                    .completeOnTimeout(Optional.empty(), 5, TimeUnit.SECONDS)
                    .join()
                    .isPresent()));
    join(DIGEST);
    assertEquals(List.of(true), found);
  }

  @Test
  void aCallersCancelNeverReachesABatchThatItHappenedToSend() throws IOException {
    FakeInferenceWorker worker = join(DIGEST);
    Context.CancellableContext caller = Context.current().withCancellation();
    List<CompletableFuture<BatchAnswer>> sent = new ArrayList<>();
    caller.run(() -> sent.add(run(1)));
    caller.cancel(null);
    assertFalse(sent.get(0).isDone());
    worker.answer();
    assertEquals(1, sent.get(0).join().batchSize());
  }

  @Test
  void sizesAreAnnouncedInTheOrderOfWhatHappened() throws IOException {
    FakeInferenceWorker worker = new FakeInferenceWorker(0, DIGEST);
    workers.add(worker);
    List<Integer> heardLast = new ArrayList<>();
    pool.onSize(
        open -> {
          if (open == 1) {
            // Another event overtakes this announcement, which is not over yet.
            CompletableFuture.runAsync(() -> listener.onGone(worker.name))
                .completeOnTimeout(null, 5, TimeUnit.SECONDS)
                .join();
          }
        });
    pool.onSize(heardLast::add);
    listener.onReady(worker.name, worker.handle);
    assertEquals(List.of(1, 0), heardLast);
  }

  @Test
  void aListenerThatFailsSpoilsNeitherTheAnswerNorTheOtherListeners() throws IOException {
    FakeInferenceWorker worker = join(DIGEST);
    List<String> room = new ArrayList<>();
    pool.onRoom(
        () -> {
          throw new OutOfMemoryError("for this test");
        });
    pool.onRoom(() -> room.add("room"));
    CompletableFuture<BatchAnswer> answer = run(1);
    worker.answer();
    assertEquals(1, answer.join().batchSize());
    assertEquals(List.of("room"), room);
  }

  @Test
  void anErrorOnTheWayToAWorkerGivesTheRoomBack() throws IOException {
    join(DIGEST);
    BatchSink.Slot room = pool.tryAcquire(DIGEST).orElseThrow();
    CompletableFuture<BatchAnswer> answer = room.run(new Batch(new OutOfMemory(), Set.of()));
    assertInstanceOf(OutOfMemoryError.class, failure(answer));
    assertEquals(0, pool.inFlight("worker-0"));
    assertThrows(IllegalStateException.class, () -> room.run(new Batch(List.of(), Set.of())));
    assertEquals(0, pool.inFlight("worker-0"));
  }

  @Test
  void channelsAreShutDownWhileNobodyHoldsTheLock() throws IOException {
    join(DIGEST);
    CompletableFuture<BatchAnswer> gone = run(1);
    FakeInferenceWorker closing = join(DIGEST);
    CompletableFuture<BatchAnswer> pending = run(2);
    assertEquals(1, closing.batches.size());
    workers.forEach(each -> each.handle.end(WorkerEnd.Kind.DRAINED, 0, ""));
    List<Boolean> reached = new ArrayList<>();
    gone.exceptionally(failure -> use(reached));
    pending.exceptionally(failure -> use(reached));
    pool.close();
    assertEquals(List.of(true, true), reached);
  }

  /** Notes whether another thread gets an answer of the pool. */
  private BatchAnswer use(List<Boolean> reached) {
    reached.add(
        CompletableFuture.supplyAsync(() -> pool.inFlight("worker-0") >= 0)
            .completeOnTimeout(false, 5, TimeUnit.SECONDS)
            .join());
    return new BatchAnswer(List.of(), "", 0, 0);
  }

  /** A batch that there is no memory to send. */
  private static final class OutOfMemory extends AbstractList<Spectrogram> {
    @Override
    public Spectrogram get(int index) {
      throw new OutOfMemoryError("for this test");
    }

    @Override
    public int size() {
      return 1;
    }
  }

  private FakeInferenceWorker join(String digest) throws IOException {
    FakeInferenceWorker worker = new FakeInferenceWorker(workers.size(), digest);
    workers.add(worker);
    listener.onReady(worker.name, worker.handle);
    return worker;
  }

  private CompletableFuture<BatchAnswer> run(float... values) {
    List<Spectrogram> batch = new ArrayList<>();
    for (float value : values) {
      batch.add(TestBank.spectrogram(value));
    }
    BatchSink.Slot room = pool.tryAcquire(DIGEST).orElseThrow();
    return room.run(new Batch(batch, Set.of("request")));
  }

  private EditionObserver observer() {
    return new EditionObserver() {
      @Override
      public void onFit(String worker) {
        fitness.add(worker + " fit");
      }

      @Override
      public void onUnfit(String worker, String reason) {
        fitness.add(worker + " unfit: " + reason);
      }
    };
  }

  private static Throwable failure(CompletableFuture<?> future) {
    assertTrue(future.isDone());
    return assertThrows(CompletionException.class, future::join).getCause();
  }
}
