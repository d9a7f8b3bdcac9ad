package dev.tutti.server.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.core.dataset.NoteLibrary;
import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.core.label.LabelVector;
import dev.tutti.core.mixture.BackgroundNoise;
import dev.tutti.core.mixture.Mixture;
import dev.tutti.core.mixture.MixtureNoise;
import dev.tutti.core.mixture.OverlayRule;
import dev.tutti.core.spectrogram.Spectrogram;
import dev.tutti.server.admission.Lane;
import dev.tutti.server.admission.TestPass;
import dev.tutti.server.batching.BatchPolicy;
import dev.tutti.server.batching.Batcher;
import dev.tutti.server.cache.SharedCache;
import dev.tutti.server.classify.Classification;
import dev.tutti.server.classify.Classification.CacheOutcome;
import dev.tutti.server.classify.ClassificationOptions;
import dev.tutti.server.classify.Classifier;
import dev.tutti.server.classify.DspConfig;
import dev.tutti.server.classify.DspPool;
import dev.tutti.server.classify.FakeWorkers;
import dev.tutti.server.classify.LengthPolicy;
import dev.tutti.server.classify.Spectrograms;
import dev.tutti.server.classify.TestBank;
import dev.tutti.server.error.FailedPreconditionException;
import dev.tutti.server.evaluate.MixtureClassifier.DatasetNotes;
import dev.tutti.server.time.SteppedTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What has been asked of the workers is not asked again, unless it sounds different by now. */
class MixtureClassifierTest {
  private static final BackgroundNoise NONE = BackgroundNoise.white(0);
  private static final List<String> TWO = List.of("bass/note0", "flute/note0");

  @TempDir Path folder;

  private final SteppedTime time = new SteppedTime();
  private final FakeWorkers workers = FakeWorkers.hearing(MixtureClassifierTest::loudness);
  private final DspPool pool = new DspPool(new DspConfig(1, 100, 1 << 20, 60), time::nanos);
  private final Spectrograms spectrograms =
      new Spectrograms(new SharedCache<>(1 << 20, (key, clip) -> 1), pool, 60);
  private final MixtureClassifier mixtures =
      new MixtureClassifier(
          spectrograms,
          pool,
          new Classifier(
              spectrograms,
              new SharedCache<>(1 << 20, (key, row) -> 1),
              new Batcher(BatchPolicy.DEFAULT, workers, time, time::nanos)));
  private Path notes;

  @BeforeEach
  void writeNotes() throws IOException {
    notes = NoteFolder.write(folder.resolve("notes"), 2, "bass", "flute");
  }

  @AfterEach
  void close() {
    pool.close();
  }

  @Test
  void theSameMixtureIsAskedForOnceUnderWhateverId() throws Exception {
    for (OverlayRule rule : OverlayRule.values()) {
      assertEquals(CacheOutcome.MISS, classify(mixture("a", TWO, 1), rule, NONE));
      assertEquals(CacheOutcome.HIT, classify(mixture("a", TWO, 1), rule, NONE));
      assertEquals(CacheOutcome.HIT, classify(mixture("b", TWO, 2), rule, NONE));
    }
    assertEquals(OverlayRule.values().length, workers.samples());
  }

  @Test
  void noiseThatIsHeardMakesAnotherMixture() throws Exception {
    BackgroundNoise noise = BackgroundNoise.white(0.1);
    for (OverlayRule rule : OverlayRule.values()) {
      assertEquals(CacheOutcome.MISS, classify(mixture("a", TWO, 1), rule, noise));
      assertEquals(CacheOutcome.MISS, classify(mixture("a", TWO, 2), rule, noise));
      assertEquals(CacheOutcome.HIT, classify(mixture("c", TWO, 1), rule, noise));
    }
  }

  @Test
  void aNoteThatWasReplacedIsHeardWhenTheDataSetIsOpenedAgain() throws Exception {
    double frequency = 0.03;
    for (OverlayRule rule : OverlayRule.values()) {
      Mixture mixture = mixture("a", TWO, 1);
      DatasetNotes before = open();
      float old = probability(mixture, rule, before);
      replace("bass/note0.wav", frequency *= 3);
      assertEquals(CacheOutcome.MISS, classify(mixture, rule, NONE, open()));
      assertEquals(CacheOutcome.HIT, classify(mixture, rule, NONE, open()));
      assertNotEquals(old, probability(mixture, rule, open()));
      // Nor does who has it open go on with the old one.
      assertEquals(CacheOutcome.HIT, classify(mixture, rule, NONE, before));
    }
  }

  @Test
  void aDataSetUnderAnotherNameIsTheSame() throws Exception {
    Mixture mixture = mixture("a", TWO, 1);
    OverlayRule rule = OverlayRule.MEAN_DECIBEL;
    assertEquals(CacheOutcome.MISS, classify(mixture, rule, NONE));
    DatasetNotes renamed = new DatasetNotes("others", open().library());
    assertEquals(CacheOutcome.HIT, classify(mixture, rule, NONE, renamed));
  }

  @Test
  void aNoteThatIsGoneFailsItsMixture() throws Exception {
    DatasetNotes dataset = open();
    Files.delete(notes.resolve("bass/note0.wav"));
    FailedPreconditionException failure =
        assertThrows(
            FailedPreconditionException.class,
            () -> classify(mixture("a", TWO, 1), OverlayRule.MEAN_DECIBEL, NONE, dataset));
    assertTrue(failure.getMessage().contains("Data set 'notes' cannot be read"));
  }

  /** Anything that tells two sounds apart. */
  private static float loudness(Spectrogram spectrogram) {
    float sum = 0;
    for (float level : spectrogram.values()) {
      sum += Math.abs(level);
    }
    return sum / (100 * spectrogram.values().length);
  }

  private void replace(String note, double frequency) throws IOException {
    Path other = Files.write(folder.resolve("other.wav"), NoteFolder.wav(60, frequency));
    Files.move(other, notes.resolve(note), StandardCopyOption.REPLACE_EXISTING);
  }

  private DatasetNotes open() throws IOException {
    return new DatasetNotes("notes", NoteLibrary.open(notes, 10));
  }

  private static Mixture mixture(String id, List<String> notes, long seed) {
    LabelVector truth =
        LabelVector.of(TestBank.FAMILIES, List.of(InstrumentFamily.BASS, InstrumentFamily.FLUTE));
    return new Mixture(0, id, notes, List.of(0.0, 0.0), truth, noise(seed));
  }

  private static MixtureNoise noise(long seed) {
    return new MixtureNoise(seed, MixtureNoise.Kind.GAUSSIAN);
  }

  private float probability(Mixture mixture, OverlayRule rule, DatasetNotes dataset)
      throws Exception {
    return answer(mixture, rule, NONE, dataset).probabilities()[0];
  }

  private CacheOutcome classify(Mixture mixture, OverlayRule rule, BackgroundNoise background)
      throws Exception {
    return classify(mixture, rule, background, open());
  }

  private CacheOutcome classify(
      Mixture mixture, OverlayRule rule, BackgroundNoise background, DatasetNotes dataset)
      throws Exception {
    return answer(mixture, rule, background, dataset).trace().probabilityCache();
  }

  private Classification answer(
      Mixture mixture, OverlayRule rule, BackgroundNoise background, DatasetNotes dataset)
      throws Exception {
    ClassificationOptions options =
        new ClassificationOptions(
            TestBank.BANK,
            TestBank.BANK.thresholds(),
            LengthPolicy.FIT,
            false,
            TestPass.of(Lane.BATCH, "a caller"));
    return mixtures.classify(mixture, rule, background, dataset, options).get(30, TimeUnit.SECONDS);
  }
}
