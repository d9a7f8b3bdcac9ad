package dev.tutti.server.batching;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.core.spectrogram.Spectrogram;
import dev.tutti.server.admission.Lane;
import dev.tutti.server.admission.TestPass;
import dev.tutti.server.error.ExpiredException;
import dev.tutti.server.error.InvalidInputException;
import dev.tutti.server.error.OverloadedException;
import dev.tutti.server.error.UnavailableException;
import dev.tutti.server.time.SteppedTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class BatcherTest {
  private static final String BANK = "a";

  private static final BatchPolicy POLICY =
      new BatchPolicy(4, Duration.ZERO, 2, 1000, Duration.ofSeconds(10));

  private final SteppedTime time = new SteppedTime();

  @Test
  void anIdleWorkerGetsASampleAtOnce() {
    FakeSink sink = new FakeSink(1);
    Batcher batcher = batcher(POLICY, sink);
    CompletableFuture<float[]> answer = submit(batcher, 1);
    assertEquals(List.of(1f), sink.last().values());
    sink.last().answer();
    assertArrayEquals(new float[] {1}, answer.join());
  }

  @Test
  void samplesPileUpWhileWorkersAreBusyAndLeaveTogether() {
    FakeSink sink = new FakeSink(1);
    Batcher batcher = batcher(POLICY, sink);
    List<CompletableFuture<float[]>> answers = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      answers.add(submit(batcher, i));
    }
    assertEquals(1, sink.batches.size());
    sink.last().answer();
    assertEquals(List.of(1f, 2f, 3f, 4f), sink.last().values());
    sink.last().answer();
    assertEquals(List.of(5f, 6f), sink.last().values());
    sink.last().answer();
    for (int i = 0; i < answers.size(); i++) {
      assertArrayEquals(new float[] {i}, answers.get(i).join());
    }
  }

  @Test
  void interactiveSamplesOvertakeBatchSamples() {
    FakeSink sink = new FakeSink(0);
    Batcher batcher = batcher(POLICY, sink);
    for (int i = 0; i < 5; i++) {
      submit(batcher, i);
    }
    batcher.submit(spectrogram(100), BANK, TestPass.of(Lane.INTERACTIVE));
    sink.setRoom(1);
    assertEquals(List.of(100f, 0f, 1f, 2f), sink.last().values());
  }

  @Test
  void aFullLaneTurnsAwayAtOnce() {
    FakeSink sink = new FakeSink(0);
    Batcher batcher = batcher(POLICY, sink);
    for (int i = 0; i < POLICY.laneCapacity(); i++) {
      assertFalse(submit(batcher, i).isDone());
    }
    assertInstanceOf(OverloadedException.class, failure(submit(batcher, 99)));
    assertFalse(batcher.submit(spectrogram(1), BANK, TestPass.of(Lane.INTERACTIVE)).isDone());
  }

  @Test
  void aFreeWorkerWaitsForTheTimeoutOrAFullBatch() {
    FakeSink sink = new FakeSink(1);
    Batcher batcher =
        batcher(new BatchPolicy(4, Duration.ofMillis(20), 2, 1000, Duration.ofSeconds(10)), sink);
    submit(batcher, 1);
    time.advance(Duration.ofMillis(19));
    assertTrue(sink.batches.isEmpty());
    time.advance(Duration.ofMillis(1));
    assertEquals(List.of(1f), sink.last().values());
    sink.last().answer();

    for (int i = 0; i < 4; i++) {
      submit(batcher, i);
    }
    assertEquals(List.of(0f, 1f, 2f, 3f), sink.last().values());
  }

  @Test
  void waitingTooLongEndsTheWait() {
    FakeSink sink = new FakeSink(0);
    Batcher batcher = batcher(POLICY, sink);
    CompletableFuture<float[]> answer = submit(batcher, 1);
    time.advance(Duration.ofSeconds(9));
    assertFalse(answer.isDone());
    time.advance(Duration.ofSeconds(2));
    assertInstanceOf(ExpiredException.class, failure(answer));
    assertEquals(0, batcher.queued());
  }

  @Test
  void aCancelledSampleNeverLeaves() {
    FakeSink sink = new FakeSink(0);
    Batcher batcher = batcher(POLICY, sink);
    submit(batcher, 1).cancel(true);
    submit(batcher, 2);
    sink.setRoom(1);
    assertEquals(List.of(2f), sink.last().values());
  }

  @Test
  void aLostBatchGoesOutAgainInOrderBeforeOthers() {
    FakeSink sink = new FakeSink(0);
    Batcher batcher = batcher(POLICY, sink);
    for (int i = 0; i < 6; i++) {
      submit(batcher, i);
    }
    sink.setRoom(1);
    sink.last().fail(new WorkerLostException("killed", false));
    assertEquals(List.of(0f, 1f, 2f, 3f), sink.last().values());
  }

  @Test
  void afterACrashSamplesTravelAloneAndTheCulpritIsQuarantined() {
    FakeSink sink = new FakeSink(0);
    Batcher batcher = batcher(POLICY, sink);
    CompletableFuture<float[]> innocent = submit(batcher, 1);
    CompletableFuture<float[]> culprit = submit(batcher, 2);
    CompletableFuture<float[]> later = submit(batcher, 3);
    sink.setRoom(1);
    sink.last().fail(new WorkerLostException("crashed", true));
    assertEquals(List.of(1f), sink.last().values());
    sink.last().answer();
    assertEquals(List.of(2f), sink.last().values());
    sink.last().fail(new WorkerLostException("crashed", true));
    sink.last().answer();

    assertArrayEquals(new float[] {1}, innocent.join());
    InvalidInputException refused = assertInstanceOf(InvalidInputException.class, failure(culprit));
    assertTrue(refused.getMessage().contains("two workers"));
    assertArrayEquals(new float[] {3}, later.join());
  }

  @Test
  void killedWorkersBlameNobodyButTheTriesEnd() {
    FakeSink sink = new FakeSink(1);
    Batcher batcher = batcher(POLICY, sink);
    CompletableFuture<float[]> answer = submit(batcher, 1);
    for (int i = 0; i < 4; i++) {
      sink.last().fail(new WorkerLostException("killed", false));
      assertFalse(answer.isDone());
    }
    sink.last().fail(new WorkerLostException("killed", false));
    assertInstanceOf(UnavailableException.class, failure(answer));
  }

  @Test
  void otherFailuresAreAnsweredAsTheyAre() {
    FakeSink sink = new FakeSink(1);
    Batcher batcher = batcher(POLICY, sink);
    CompletableFuture<float[]> answer = submit(batcher, 1);
    IllegalStateException refusal = new IllegalStateException("refused");
    sink.last().fail(refusal);
    assertEquals(refusal, failure(answer));
  }

  @Test
  void closingFailsWhatWaitsAndWhatComes() {
    FakeSink sink = new FakeSink(0);
    Batcher batcher = batcher(POLICY, sink);
    CompletableFuture<float[]> waiting = submit(batcher, 1);
    batcher.close();
    assertInstanceOf(UnavailableException.class, failure(waiting));
    assertInstanceOf(UnavailableException.class, failure(submit(batcher, 2)));
    batcher.close();
  }

  private Batcher batcher(BatchPolicy policy, FakeSink sink) {
    return new Batcher(policy, sink, time, time::nanos);
  }

  @Test
  void aBatchIsOfOneBankAndOneThatIsBusyHoldsUpNoOther() {
    FakeSink sink = new FakeSink(0);
    Batcher batcher = batcher(POLICY, sink);
    batcher.submit(spectrogram(1), "old", TestPass.of(Lane.BATCH));
    batcher.submit(spectrogram(2), "new", TestPass.of(Lane.BATCH));
    batcher.submit(spectrogram(3), "old", TestPass.of(Lane.BATCH));
    sink.busy.add("old");
    sink.setRoom(2);
    assertEquals(1, sink.batches.size());
    assertEquals(List.of(2f), sink.last().values());
    sink.busy.clear();
    sink.setRoom(1);
    assertEquals(List.of(1f, 3f), sink.last().values());
  }

  @Test
  void samplesOfABankThatNobodyAnswersForFailWithTheReasonAndOthersGoOn() {
    FakeSink sink = new FakeSink(0);
    Batcher batcher = batcher(POLICY, sink);
    CompletableFuture<Inference> waiting =
        batcher.submit(spectrogram(1), "old", TestPass.of(Lane.BATCH));
    CompletableFuture<Inference> other =
        batcher.submit(spectrogram(2), "new", TestPass.of(Lane.BATCH));
    UnavailableException reason = new UnavailableException("replaced");
    sink.refused.put("old", reason);
    sink.setRoom(0);
    assertEquals(reason, failure(waiting));
    assertEquals(reason, failure(batcher.submit(spectrogram(3), "old", TestPass.of(Lane.BATCH))));
    assertFalse(other.isDone());
    assertEquals(1, batcher.queued());
  }

  private static CompletableFuture<float[]> submit(Batcher batcher, float value) {
    return batcher
        .submit(spectrogram(value), BANK, TestPass.of(Lane.BATCH))
        .map(Inference::probabilities);
  }

  private static Spectrogram spectrogram(float value) {
    return Spectrogram.of(1, 1, new float[] {value});
  }

  private static Throwable failure(CompletableFuture<?> future) {
    assertTrue(future.isDone());
    return assertThrows(CompletionException.class, future::join).getCause();
  }
}
