package dev.tutti.core.mixture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.core.audio.AudioClip;
import dev.tutti.core.dataset.Note;
import dev.tutti.core.dataset.NoteLibrary;
import dev.tutti.core.golden.GoldenFiles;
import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.core.spectrogram.Spectrogram;
import dev.tutti.core.spectrogram.SpectrogramExtractor;
import dev.tutti.core.spectrogram.StftParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same recipe gives the same mixtures and sounds everywhere, whichever is asked for. */
class MixtureTest {
  private static final FamilySet TEN = FamilySet.notebook();
  private static final int WINDOW = 4000;

  @TempDir Path folder;
  private NoteLibrary library;
  private MixtureRenderer renderer;
  private final SpectrogramExtractor extractor = new SpectrogramExtractor(StftParameters.nsynth());

  @BeforeEach
  void openLibrary() throws IOException {
    for (InstrumentFamily family : TEN) {
      Path notes = Files.createDirectories(folder.resolve(family.label()));
      for (String name : new String[] {"a", "b", "c"}) {
        Files.write(notes.resolve(name + ".wav"), GoldenFiles.bytes("wav/pcm16_mono_16k.wav"));
      }
    }
    library = NoteLibrary.open(folder, 500);
    renderer = new MixtureRenderer(library, extractor, WINDOW);
  }

  @Test
  void theGeneratorIsSplitMix64() {
    SplitMix64 random = new SplitMix64(1234567);
    assertEquals(6457827717110365317L, random.next());
    assertEquals(3203168211198807973L, random.next());
    assertEquals(-8629252141511181193L, random.next());
  }

  @Test
  void theNotebookRecipeHasElevenGroupsOfOneHundred() {
    MixtureRecipe recipe = MixtureRecipe.notebook(1, 10);
    assertEquals(1100, recipe.size());
    Set<String> ids = new HashSet<>();
    for (long i = 0; i < recipe.size(); i++) {
      Mixture mixture = recipe.mixture(i, library, TEN);
      assertEquals(i / 100, mixture.truth().cardinality());
      assertEquals(mixture.truth().cardinality(), mixture.noteIds().size());
      List<InstrumentFamily> families =
          mixture.noteIds().stream().map(id -> library.find(id).orElseThrow().family()).toList();
      assertEquals(mixture.truth().present(), families);
      assertTrue(ids.add(mixture.id()));
    }
  }

  /**
   * Made by a program in another language from the specification alone. A change of these lines is
   * a change of everybody's mixtures.
   */
  @Test
  void mixturesStayWhatTheyAre() {
    Mixture mixture = MixtureRecipe.notebook(42, 10).mixture(321, library, TEN);
    assertEquals(List.of("bass/a", "organ/c", "vocal/c"), mixture.noteIds());
    assertEquals(-5062899330916396692L, mixture.noiseSeed());
    assertEquals("51f2de9a580ae5f2-321", mixture.id());
  }

  @Test
  void aMixtureFarAwayIsMadeAlone() {
    MixtureRecipe recipe =
        new MixtureRecipe(
            9, List.of(new GroupCount(2, 2_000_000_000)), OverlayRule.WAVEFORM_SUM, 0);
    Mixture once = recipe.mixture(1_999_999_999, library, TEN);
    assertEquals(once, recipe.mixture(1_999_999_999, library, TEN));
    assertNotEquals(once.noiseSeed(), recipe.mixture(1_999_999_998, library, TEN).noiseSeed());
    assertThrows(
        IndexOutOfBoundsException.class, () -> recipe.mixture(2_000_000_000, library, TEN));
  }

  @Test
  void familiesWithoutNotesAreNeverDrawn() {
    MixtureRecipe all =
        new MixtureRecipe(1, List.of(new GroupCount(10, 5)), OverlayRule.MEAN_DECIBEL, 0);
    assertEquals(TEN.asList(), all.mixture(3, library, FamilySet.all()).truth().present());
    MixtureRecipe tooMany =
        new MixtureRecipe(1, List.of(new GroupCount(11, 5)), OverlayRule.MEAN_DECIBEL, 0);
    assertThrows(
        IllegalArgumentException.class, () -> tooMany.mixture(0, library, FamilySet.all()));
  }

  @Test
  void everyFamilyIsDrawnAboutEquallyOften() {
    MixtureRecipe recipe =
        new MixtureRecipe(5, List.of(new GroupCount(3, 10_000)), OverlayRule.MEAN_DECIBEL, 0);
    int[] drawn = new int[TEN.size()];
    for (long i = 0; i < recipe.size(); i++) {
      int bits = recipe.mixture(i, library, TEN).truth().bits();
      for (int p = 0; p < drawn.length; p++) {
        drawn[p] += bits >>> p & 1;
      }
    }
    for (int count : drawn) {
      assertEquals(3000, count, 200);
    }
  }

  @Test
  void theMeanRuleIsTheMeanOfTheNotesSpectrograms() {
    Mixture mixture = mixtureOf(3, OverlayRule.MEAN_DECIBEL);
    List<Spectrogram> notes =
        mixture.noteIds().stream()
            .map(id -> renderer.render(library.find(id).orElseThrow()))
            .toList();
    Spectrogram actual = renderer.render(mixture, OverlayRule.MEAN_DECIBEL, 0, renderer::render);
    assertEquals(Spectrogram.mean(notes), actual);
  }

  @Test
  void theSumRuleIsTheSpectrogramOfTheSumWithinFullScale() throws IOException {
    Mixture mixture = mixtureOf(10, OverlayRule.WAVEFORM_SUM);
    // All notes are the same clip: the sum is ten times it, scaled to a peak of 1.
    Note note = library.find(mixture.noteIds().get(0)).orElseThrow();
    float[] samples = note.audio().samples().clone();
    double peak = 0;
    for (float sample : samples) {
      peak = Math.max(peak, Math.abs(10.0 * sample));
    }
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (10.0 * samples[i] / Math.max(1, peak));
    }
    Spectrogram expected = extractor.extract(AudioClip.of(samples, 16_000).fit(WINDOW));
    Spectrogram actual = renderer.render(mixture, OverlayRule.WAVEFORM_SUM, 0, renderer::render);
    assertArrayEquals(expected.values(), actual.values(), 1e-3f);
  }

  @Test
  void backgroundNoiseChangesTheSound() {
    Mixture mixture = mixtureOf(2, OverlayRule.MEAN_DECIBEL);
    for (OverlayRule rule : OverlayRule.values()) {
      Spectrogram clean = renderer.render(mixture, rule, 0, renderer::render);
      Spectrogram noisy = renderer.render(mixture, rule, 0.5, renderer::render);
      assertNotEquals(clean, noisy);
      assertEquals(noisy, renderer.render(mixture, rule, 0.5, renderer::render));
    }
  }

  @Test
  void aRecordingIsRepeatedOrCutAndAddedAtItsLevel() throws Exception {
    Mixture mixture = mixtureOf(1, OverlayRule.WAVEFORM_SUM);
    float[] note = library.find(mixture.noteIds().get(0)).orElseThrow().audio().samples();
    for (int length : new int[] {700, WINDOW, 5000}) {
      float[] recording = GaussianNoise.samples(3, length);
      float[] samples = new float[WINDOW];
      double peak = 1;
      double[] sum = new double[WINDOW];
      for (int i = 0; i < WINDOW; i++) {
        sum[i] = note[i] + 0.25 * recording[i % length];
        peak = Math.max(peak, Math.abs(sum[i]));
      }
      for (int i = 0; i < WINDOW; i++) {
        samples[i] = (float) (sum[i] / peak);
      }
      Spectrogram expected = extractor.extract(AudioClip.of(samples, 16_000));
      BackgroundNoise noise = BackgroundNoise.recorded(AudioClip.of(recording, 16_000), 0.25);
      for (OverlayRule rule : OverlayRule.values()) {
        assertEquals(expected, renderer.render(mixture, rule, noise, renderer::render));
      }
    }
  }

  @Test
  void aMixtureOfNothingIsWhiteNoise() {
    Mixture mixture = mixtureOf(0, OverlayRule.MEAN_DECIBEL);
    float[] noise = GaussianNoise.samples(mixture.noiseSeed(), WINDOW);
    assertEquals(
        extractor.extract(AudioClip.of(noise, 16_000)),
        renderer.render(mixture, OverlayRule.MEAN_DECIBEL, 0, renderer::render));
    double square = 0;
    float[] long1 = GaussianNoise.samples(7, 100_001);
    for (float sample : long1) {
      square += sample * sample / long1.length;
    }
    assertEquals(1, square, 0.02);
  }

  private Mixture mixtureOf(int size, OverlayRule rule) {
    return new MixtureRecipe(3, List.of(new GroupCount(size, 1)), rule, 0).mixture(0, library, TEN);
  }
}
