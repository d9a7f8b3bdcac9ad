package dev.tutti.server.batching;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.core.spectrogram.Spectrogram;
import dev.tutti.server.admission.CountingLoad;
import dev.tutti.server.admission.Deadline;
import dev.tutti.server.admission.Lane;
import dev.tutti.server.admission.Pass;
import dev.tutti.server.admission.Permit.Outcome;
import dev.tutti.server.admission.Queued;
import dev.tutti.server.admission.StageTimes.Stage;
import dev.tutti.server.admission.TestPass;
import dev.tutti.server.error.ExpiredException;
import dev.tutti.server.error.OverloadedException;
import dev.tutti.server.time.SteppedTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** When samples leave the queue, when they do not, and what waits in it at most. */
class BatcherQueueTest {
  private static final String BANK = "a";
  private static final Duration TIMEOUT = Duration.ofMillis(5);

  /** Of a sample of one value. */
  private static final int BYTES = Float.BYTES;

  private final SteppedTime time = new SteppedTime();
  private final FakeSink sink = new FakeSink(0);

  @Test
  void aSweepThatIsDueLaterHoldsUpNoBatch() {
    Batcher batcher = batcher(TIMEOUT, Duration.ofSeconds(10));
    submit(batcher, 1, Lane.BATCH);
    // Nobody has room when the batch timeout is over: the next wake-up is that of the sweep.
    time.advance(TIMEOUT);
    sink.setRoom(1);
    sink.last().answer();

    submit(batcher, 2, Lane.BATCH);
    time.advance(TIMEOUT);
    assertEquals(List.of(2f), sink.last().values());
  }

  @Test
  void thereIsNeverMoreThanOneWakeUp() {
    Batcher batcher = batcher(TIMEOUT, Duration.ofSeconds(10));
    for (int i = 0; i < 20; i++) {
      submit(batcher, i, Lane.BATCH);
      time.advance(Duration.ofMillis(1));
      assertTrue(time.pending() <= 1, time.pending() + " wake-ups wait");
    }
    batcher.close();
    assertEquals(0, time.pending());
  }

  @Test
  void aSampleExpiresOnTimeHoweverShortThatIs() {
    Batcher batcher = batcher(Duration.ZERO, Duration.ofMillis(30));
    Queued<float[]> answer = submit(batcher, 1, Lane.BATCH);
    time.advance(Duration.ofMillis(29));
    assertFalse(answer.isDone());
    time.advance(Duration.ofMillis(1));
    assertInstanceOf(ExpiredException.class, failure(answer));
  }

  @Test
  void aCancelledSampleGivesItsPlaceAndItsBytesBackAtOnce() {
    Batcher batcher = batcher(Duration.ZERO, Duration.ofSeconds(10));
    List<Queued<float[]>> answers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      answers.add(submit(batcher, i, Lane.BATCH));
    }
    assertEquals(8 * BYTES, batcher.queuedBytes());
    assertInstanceOf(OverloadedException.class, failure(submit(batcher, 8, Lane.BATCH)));

    answers.get(3).cancel(true);
    assertEquals(7, batcher.queued());
    assertEquals(7 * BYTES, batcher.queuedBytes());
    assertFalse(submit(batcher, 9, Lane.BATCH).isDone());
    sink.setRoom(2);
    assertEquals(List.of(0f, 1f, 2f, 4f), sink.batches.get(0).values());
    assertEquals(List.of(5f, 6f, 7f, 9f), sink.batches.get(1).values());
  }

  @Test
  void theQueueIsBoundedInBytesToo() {
    Batcher batcher = batcher(Duration.ZERO, Duration.ofSeconds(10));
    Queued<Inference> large = batcher.submit(wide(150), BANK, TestPass.of(Lane.BATCH));
    assertFalse(large.isDone(), "one sample may wait, whatever it weighs");
    OverloadedException refusal =
        assertInstanceOf(OverloadedException.class, failure(submit(batcher, 1, Lane.BATCH)));
    assertTrue(
        refusal.getMessage().contains("600 bytes wait already, of 400"), refusal.getMessage());
    assertFalse(submit(batcher, 1, Lane.INTERACTIVE).isDone());

    large.cancel(true);
    assertFalse(submit(batcher, 1, Lane.BATCH).isDone());
    assertEquals(2 * BYTES, batcher.queuedBytes());
  }

  @Test
  void aPromotedSampleOvertakesTheOthersOfItsLane() {
    Batcher batcher = batcher(Duration.ZERO, Duration.ofSeconds(10));
    submit(batcher, 1, Lane.BATCH);
    submit(batcher, 2, Lane.BATCH);
    submit(batcher, 3, Lane.INTERACTIVE);
    Queued<float[]> promoted = submit(batcher, 4, Lane.BATCH);
    promoted.alsoFor(TestPass.of(Lane.INTERACTIVE));
    promoted.alsoFor(TestPass.of(Lane.INTERACTIVE));
    sink.setRoom(1);
    assertEquals(List.of(3f, 4f, 1f, 2f), sink.last().values());
    assertEquals(0, batcher.queuedBytes());
  }

  @Test
  void promotingASampleThatWasTurnedAwayTouchesNoOther() {
    Batcher batcher = batcher(Duration.ZERO, Duration.ofSeconds(10));
    for (int i = 0; i < 8; i++) {
      submit(batcher, i, Lane.BATCH);
    }
    submit(batcher, 8, Lane.BATCH).alsoFor(TestPass.of(Lane.INTERACTIVE));
    sink.setRoom(2);
    assertEquals(List.of(0f, 1f, 2f, 3f), sink.batches.get(0).values());
  }

  @Test
  void aSampleThatIsPromotedWhileAWorkerHasItComesBackAsInteractive() {
    Batcher batcher = batcher(Duration.ZERO, Duration.ofSeconds(10));
    Queued<float[]> promoted = submit(batcher, 1, Lane.BATCH);
    sink.setRoom(1);
    submit(batcher, 2, Lane.INTERACTIVE);
    promoted.alsoFor(TestPass.of(Lane.INTERACTIVE));
    sink.last().fail(new WorkerLostException("killed", false));
    assertEquals(List.of(1f, 2f), sink.last().values());
  }

  @Test
  void aSampleThatWasCancelledWhileAWorkerHadItDoesNotComeBack() {
    Batcher batcher = batcher(Duration.ZERO, Duration.ofSeconds(10));
    Queued<float[]> leaving = submit(batcher, 1, Lane.BATCH);
    submit(batcher, 2, Lane.BATCH);
    sink.setRoom(1);
    leaving.cancel(true);
    sink.last().fail(new WorkerLostException("killed", false));
    assertEquals(List.of(2f), sink.last().values());
    assertEquals(0, batcher.queuedBytes());
  }

  @Test
  void aSinkThatThrowsFailsItsBatchAndLosesNoSample() {
    OutOfMemoryError error = new OutOfMemoryError("a test's");
    Batcher batcher =
        new Batcher(
            policy(Duration.ZERO, Duration.ofSeconds(10)),
            sinkOf(
                rows -> {
                  throw error;
                }),
            time,
            time::nanos);
    assertSame(error, failure(submit(batcher, 1, Lane.BATCH)));
  }

  @Test
  void anAnswerOfAnotherNumberOfRowsIsAFailureOfTheBatch() {
    Batcher batcher =
        new Batcher(
            policy(Duration.ZERO, Duration.ofSeconds(10)),
            sinkOf(
                batch -> CompletableFuture.completedFuture(new BatchAnswer(List.of(), "", 0, 0))),
            time,
            time::nanos);
    Throwable failure = failure(submit(batcher, 1, Lane.BATCH));
    assertEquals("A batch of 1 samples was answered with 0 rows", failure.getMessage());
  }

  @Test
  void aWakeUpThatFailsIsFollowedByAnother() {
    FakeSink fragile =
        new FakeSink(0) {
          private boolean failed;

          @Override
          public Optional<Slot> tryAcquire(String bank) {
            if (time.nanos() > 0 && !failed) {
              failed = true;
              throw new IllegalStateException("a test's");
            }
            return super.tryAcquire(bank);
          }
        };
    Batcher batcher =
        new Batcher(policy(TIMEOUT, Duration.ofSeconds(1)), fragile, time, time::nanos);
    Queued<float[]> answer = submit(batcher, 1, Lane.BATCH);
    time.advance(Duration.ofSeconds(2));
    assertInstanceOf(ExpiredException.class, failure(answer));
  }

  @Test
  void rowsReachTheirOwnSamplesInWhateverOrderTheyWereTaken() {
    Batcher batcher = batcher(Duration.ZERO, Duration.ofSeconds(10));
    Queued<float[]> bulk = submit(batcher, 1, Lane.BATCH);
    Queued<float[]> interactive = submit(batcher, 2, Lane.INTERACTIVE);
    sink.setRoom(1);
    sink.last().answer();
    assertArrayEquals(new float[] {1}, bulk.join());
    assertArrayEquals(new float[] {2}, interactive.join());
  }

  @Test
  void aSampleWhoseDeadlineHasPassedIsTurnedAway() {
    Batcher batcher = batcher(Duration.ZERO, Duration.ofSeconds(10));
    time.advance(Duration.ofMillis(5));
    ExpiredException refusal =
        assertInstanceOf(ExpiredException.class, failure(submit(batcher, 1, until(5))));
    assertEquals(Duration.ofMillis(5).toNanos(), refusal.deadlineNanos().orElseThrow());
    assertEquals(0, batcher.queued());
  }

  @Test
  void aSampleWaitsUntilItsDeadlineAndNoLonger() {
    Batcher batcher = batcher(Duration.ZERO, Duration.ofSeconds(10));
    submit(batcher, 1, Lane.BATCH);
    Queued<float[]> answer = submit(batcher, 2, until(30));
    time.advance(Duration.ofMillis(29));
    assertFalse(answer.isDone());
    time.advance(Duration.ofMillis(1));
    assertInstanceOf(ExpiredException.class, failure(answer));
    sink.setRoom(1);
    assertEquals(List.of(1f), sink.last().values());
  }

  @Test
  void aCallerWhoWaitsLongerKeepsTheSampleWaitingAndOneWhoWaitsLessDoesNotCutItShort() {
    Batcher batcher = batcher(Duration.ZERO, Duration.ofSeconds(10));
    Queued<float[]> answer = submit(batcher, 1, until(30));
    answer.alsoFor(until(60));
    answer.alsoFor(until(10));
    time.advance(Duration.ofMillis(59));
    assertFalse(answer.isDone());
    time.advance(Duration.ofMillis(1));
    assertInstanceOf(ExpiredException.class, failure(answer));
  }

  @Test
  void aSampleWhoseDeadlinePassesWhileRoomIsLookedForIsNotSentAndTheRoomServesTheNext() {
    Batcher batcher = batcher(Duration.ZERO, Duration.ofSeconds(10));
    Queued<float[]> late = submit(batcher, 1, until(30));
    sink.whileAcquiring = () -> time.advance(Duration.ofMillis(30));
    sink.setRoom(1);
    assertInstanceOf(ExpiredException.class, failure(late));
    assertEquals(List.of(), sink.batches);
    sink.whileAcquiring = () -> {};
    submit(batcher, 2, Lane.BATCH);
    assertEquals(List.of(2f), sink.last().values());
  }

  @Test
  void aBatchNamesTheRequestsThatItIsOf() {
    Batcher batcher = batcher(Duration.ZERO, Duration.ofSeconds(10));
    submit(batcher, 1, Pass.of(Lane.BATCH, Deadline.NONE, "a caller", "first"));
    submit(batcher, 2, Pass.of(Lane.BATCH, Deadline.NONE, "a caller", "second"));
    submit(batcher, 3, Pass.of(Lane.BATCH, Deadline.NONE, "a caller", "first"));
    sink.setRoom(1);
    assertEquals(Set.of("first", "second"), sink.last().requestIds);
  }

  @Test
  void anAnswerSaysWhoMadeItAndWhereTheTimeWent() {
    Batcher batcher = batcher(Duration.ZERO, Duration.ofSeconds(10));
    Pass pass = TestPass.of(Lane.BATCH);
    Queued<Inference> answer = batcher.submit(wide(1), BANK, pass);
    submit(batcher, 2, Lane.BATCH);
    time.advance(Duration.ofMillis(5));
    sink.setRoom(1);
    time.advance(Duration.ofMillis(1));
    sink.last().answer();
    assertEquals("worker-1", answer.join().worker());
    assertEquals(2, answer.join().batchSize());
    assertEquals(5000, pass.times().micros(Stage.BATCH_QUEUE));
    assertEquals(3, pass.times().micros(Stage.WORKER_QUEUE));
    assertEquals(7, pass.times().micros(Stage.WORKER));
  }

  @Test
  void whatARequestBroughtIsHeldUntilItsSampleIsAnsweredAndNoWorkerHasIt() {
    Batcher batcher = batcher(Duration.ZERO, Duration.ofSeconds(10));
    CountingLoad load = new CountingLoad();
    Queued<Inference> leavesTheQueue = batcher.submit(wide(1), BANK, load.pass());
    leavesTheQueue.cancel(true);
    assertEquals(List.of(Outcome.IGNORED), load.released);

    Queued<Inference> leavesTheWorker = batcher.submit(wide(1), BANK, load.pass());
    batcher.submit(wide(1), BANK, load.pass());
    sink.setRoom(1);
    leavesTheWorker.cancel(true);
    assertEquals(2, load.out());
    sink.last().fail(new WorkerLostException("killed", false));
    assertEquals(1, load.out());
    sink.last().answer();
    assertEquals(0, load.out());
    assertEquals(Outcome.SUCCEEDED, load.released.get(2));

    time.advance(Duration.ofMillis(1));
    batcher.submit(wide(1), BANK, load.pass(Deadline.at(0)));
    assertEquals(Outcome.DROPPED, load.released.get(3));
  }

  private static Pass until(long millis) {
    return TestPass.of(Lane.BATCH, Deadline.at(Duration.ofMillis(millis).toNanos()));
  }

  private interface Answers {
    CompletableFuture<BatchAnswer> to(Batch batch);
  }

  private static BatchSink sinkOf(Answers answers) {
    return new BatchSink() {
      @Override
      public Optional<Slot> tryAcquire(String bank) {
        return Optional.of(
            new Slot() {
              @Override
              public CompletableFuture<BatchAnswer> run(Batch batch) {
                return answers.to(batch);
              }

              @Override
              public void giveBack() {}
            });
      }

      @Override
      public void onRoom(Runnable listener) {}
    };
  }

  private Batcher batcher(Duration batchTimeout, Duration maxQueueTime) {
    return new Batcher(policy(batchTimeout, maxQueueTime), sink, time, time::nanos);
  }

  private static BatchPolicy policy(Duration batchTimeout, Duration maxQueueTime) {
    return new BatchPolicy(4, batchTimeout, 2, 100 * BYTES, maxQueueTime);
  }

  private static Queued<float[]> submit(Batcher batcher, float value, Lane lane) {
    return submit(batcher, value, TestPass.of(lane));
  }

  private static Queued<float[]> submit(Batcher batcher, float value, Pass pass) {
    return batcher
        .submit(Spectrogram.of(1, 1, new float[] {value}), BANK, pass)
        .map(Inference::probabilities);
  }

  private static Spectrogram wide(int values) {
    return Spectrogram.of(1, values, new float[values]);
  }

  private static Throwable failure(CompletableFuture<?> future) {
    assertTrue(future.isDone());
    return assertThrows(CompletionException.class, future::join).getCause();
  }
}
