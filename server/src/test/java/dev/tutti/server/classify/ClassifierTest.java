package dev.tutti.server.classify;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.core.spectrogram.Spectrogram;
import dev.tutti.core.threshold.Thresholds;
import dev.tutti.server.admission.Lane;
import dev.tutti.server.admission.StageTimes.Stage;
import dev.tutti.server.admission.TestPass;
import dev.tutti.server.batching.BatchPolicy;
import dev.tutti.server.batching.Batcher;
import dev.tutti.server.cache.SharedCache;
import dev.tutti.server.classify.Classification.CacheOutcome;
import dev.tutti.server.error.InvalidInputException;
import dev.tutti.server.error.ModelFaultException;
import dev.tutti.server.time.SteppedTime;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClassifierTest {
  private final SteppedTime time = new SteppedTime();
  private final FakeWorkers workers = FakeWorkers.answeringWhenTold();
  private final DspPool pool = new DspPool(new DspConfig(1, 10, 1 << 20, 60), System::nanoTime);
  private final Batcher batcher = new Batcher(BatchPolicy.DEFAULT, workers, time, time::nanos);
  private final Classifier classifier =
      new Classifier(
          new Spectrograms(new SharedCache<>(1 << 20, (key, clip) -> 1), pool, 60),
          new SharedCache<>(1 << 20, (key, row) -> 1),
          batcher);

  @AfterEach
  void close() {
    pool.close();
  }

  @Test
  void theSameSpectrogramIsInferredOnce() throws Exception {
    CompletableFuture<Classification> first = classify(0.25f, options(false));
    CompletableFuture<Classification> second = classify(0.25f, options(false));
    assertEquals(1, workers.samples());
    workers.answerAll();
    assertArrayEquals(new float[] {0.25f, 0.25f, 0.25f}, first.join().probabilities());
    assertEquals(CacheOutcome.MISS, second.join().trace().probabilityCache());
    assertEquals(CacheOutcome.UNUSED, second.join().trace().spectrogramCache());
    assertEquals(
        CacheOutcome.HIT, classify(0.25f, options(false)).join().trace().probabilityCache());
    assertEquals(1, workers.samples());
  }

  @Test
  void anAnswerSaysWhoMadeItAlsoToWhomItIsNotNew() {
    CompletableFuture<Classification> first = classify(0.25f, options(false));
    workers.answerAll();
    assertEquals("worker-1", first.join().trace().inference().worker());
    assertEquals(1, first.join().trace().inference().batchSize());
    assertEquals(7, first.join().trace().times().micros(Stage.WORKER));
    String line = first.join().trace().toString();
    assertTrue(line.endsWith("worker=7us, by worker-1 in a batch of 1"), line);
    Classification hit = classify(0.25f, options(false)).join();
    assertEquals("worker-1", hit.trace().inference().worker());
    assertEquals(0, hit.trace().times().micros(Stage.WORKER));
  }

  @Test
  void otherThresholdsNeedNoNewInference() {
    classify(0.25f, options(false));
    workers.answerAll();
    Thresholds low = Thresholds.uniform(TestBank.FAMILIES, 0.1);
    Classification answer =
        classify(
                0.25f,
                new ClassificationOptions(
                    TestBank.BANK,
                    low,
                    LengthPolicy.FIT,
                    false,
                    TestPass.of(Lane.BATCH, "a caller")))
            .join();
    assertSame(low, answer.thresholds());
    assertEquals(1, workers.samples());
  }

  @Test
  void bypassingTheCachesInfersAnew() {
    classify(0.25f, options(false));
    workers.answerAll();
    CompletableFuture<Classification> anew = classify(0.25f, options(true));
    assertEquals(2, workers.samples());
    workers.answerAll();
    assertEquals(CacheOutcome.UNUSED, anew.join().trace().probabilityCache());
  }

  @Test
  void oneCallersCancelLeavesTheOtherItsAnswer() {
    CompletableFuture<Classification> leaving = classify(0.25f, options(false));
    CompletableFuture<Classification> staying = classify(0.25f, options(false));
    leaving.cancel(true);
    workers.answerAll();
    assertArrayEquals(new float[] {0.25f, 0.25f, 0.25f}, staying.join().probabilities());
  }

  @Test
  void aFailureIsAnsweredAndNotRemembered() {
    CompletableFuture<Classification> failing = classify(0.25f, options(false));
    workers.failAll(new IllegalStateException("broken"));
    assertInstanceOf(
        IllegalStateException.class,
        assertThrows(ExecutionException.class, failing::get).getCause());
    CompletableFuture<Classification> again = classify(0.25f, options(false));
    workers.answerAll();
    assertTrue(again.isDone() && !again.isCompletedExceptionally());
  }

  @Test
  void anotherShapeIsRefusedBeforeAnythingIsSent() {
    Spectrogram small = Spectrogram.of(1, 1, new float[1]);
    InvalidInputException refusal =
        assertThrows(InvalidInputException.class, () -> classifier.classify(small, options(false)));
    assertTrue(refusal.getMessage().contains("1 x 1"), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("exactly 5 x 11"), refusal.getMessage());
    assertEquals(0, workers.samples());
  }

  @Test
  void audioPassesThroughBothCaches() throws Exception {
    AudioInput audio = TestAudio.input(TestBank.BANK.windowSamples() / 2);
    ClassificationOptions options = options(false);
    // Batches are answered from the DSP pool's thread as soon as they come.
    Classifier prompt = prompt();
    Classification first = prompt.classify(audio, options).get(30, TimeUnit.SECONDS);
    assertEquals(CacheOutcome.MISS, first.trace().spectrogramCache());
    assertEquals(CacheOutcome.MISS, first.trace().probabilityCache());
    assertEquals(0.005, first.analyzedSeconds());
    Classification second = prompt.classify(audio, options).get(30, TimeUnit.SECONDS);
    assertEquals(CacheOutcome.HIT, second.trace().spectrogramCache());
    assertEquals(CacheOutcome.HIT, second.trace().probabilityCache());
  }

  @Test
  void audioThatIsBrokenFailsItsOwnFuture() {
    CompletableFuture<Classification> answer =
        classifier.classify(new AudioInput.EncodedFile(ByteBuffer.allocate(100)), options(false));
    ExecutionException failure =
        assertThrows(ExecutionException.class, () -> answer.get(30, TimeUnit.SECONDS));
    assertEquals(
        "audio.encoded_file",
        assertInstanceOf(InvalidInputException.class, failure.getCause()).field());
    assertFalse(workers.samples() > 0);
  }

  @Test
  void whatIsNoProbabilityIsAFaultOfTheModelAndNotKept() {
    for (float wrong : new float[] {Float.NaN, -0.01f, 1.01f, Float.POSITIVE_INFINITY}) {
      FakeWorkers faulty = FakeWorkers.answering(wrong);
      Classifier classifierOfFaulty =
          new Classifier(
              new Spectrograms(new SharedCache<>(1 << 20, (key, clip) -> 1), pool, 60),
              new SharedCache<>(1 << 20, (key, row) -> 1),
              new Batcher(BatchPolicy.DEFAULT, faulty, time, time::nanos));
      for (int tries = 1; tries <= 2; tries++) {
        ModelFaultException fault =
            assertInstanceOf(
                ModelFaultException.class,
                assertThrows(
                        ExecutionException.class,
                        () ->
                            classifierOfFaulty
                                .classify(TestBank.spectrogram(0.25f), options(false))
                                .get(30, TimeUnit.SECONDS))
                    .getCause());
        assertTrue(fault.getMessage().contains("model for bass of bank 'default'"));
        assertTrue(fault.getMessage().contains(" " + wrong + ","), fault.getMessage());
        assertEquals(tries, faulty.samples());
      }
    }
  }

  @Test
  void anInteractiveCallerTakesAlongWhatBulkHadQueued() {
    FakeWorkers busy = FakeWorkers.answeringWhenTold();
    busy.setRoom(false);
    Batcher queueing = new Batcher(BatchPolicy.DEFAULT, busy, time, time::nanos);
    Classifier queued =
        new Classifier(
            new Spectrograms(new SharedCache<>(1 << 20, (key, clip) -> 1), pool, 60),
            new SharedCache<>(1 << 20, (key, row) -> 1),
            queueing);
    for (int i = 0; i < 20; i++) {
      queued.classify(TestBank.spectrogram(i / 100f), bulk());
    }
    CompletableFuture<Classification> joiner =
        queued.classify(TestBank.spectrogram(0.19f), options(false));
    busy.setRoom(true);
    busy.answerNext();
    assertEquals(0.19f, joiner.join().probabilities()[0]);
  }

  private static ClassificationOptions bulk() {
    return new ClassificationOptions(
        TestBank.BANK,
        TestBank.BANK.thresholds(),
        LengthPolicy.FIT,
        false,
        TestPass.of(Lane.BATCH, "bulk"));
  }

  private Classifier prompt() {
    return new Classifier(
        new Spectrograms(new SharedCache<>(1 << 20, (key, clip) -> 1), pool, 60),
        new SharedCache<>(1 << 20, (key, row) -> 1),
        new Batcher(BatchPolicy.DEFAULT, FakeWorkers.answeringAtOnce(), time, time::nanos));
  }

  private CompletableFuture<Classification> classify(float value, ClassificationOptions options) {
    return classifier.classify(TestBank.spectrogram(value), options);
  }

  private static ClassificationOptions options(boolean bypassCache) {
    return new ClassificationOptions(
        TestBank.BANK,
        TestBank.BANK.thresholds(),
        LengthPolicy.FIT,
        bypassCache,
        TestPass.of(Lane.INTERACTIVE, "a caller"));
  }
}
