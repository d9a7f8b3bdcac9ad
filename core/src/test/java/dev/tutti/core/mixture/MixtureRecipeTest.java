package dev.tutti.core.mixture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.core.audio.AudioClip;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** The kinds of recipes, and that each can be entered anywhere. */
class MixtureRecipeTest {
  private static final FamilySet TEN = FamilySet.notebook();
  private static final int WINDOW = 4000;
  private static final List<Object> SHARED = new ArrayList<>();

  private final Path folder = (Path) SHARED.get(0);
  private final NoteLibrary library = (NoteLibrary) SHARED.get(1);
  private final SpectrogramExtractor extractor = new SpectrogramExtractor(StftParameters.nsynth());
  private final MixtureRenderer renderer = new MixtureRenderer(library, extractor, WINDOW);

  @BeforeContainer
  static void writeNotes() throws IOException {
    Path folder = Files.createTempDirectory("notes");
    for (InstrumentFamily family : InstrumentFamily.values()) {
      Path notes = Files.createDirectories(folder.resolve(family.label()));
      for (String name : new String[] {"a", "b", "c"}) {
        Files.write(notes.resolve(name + ".wav"), GoldenFiles.bytes("wav/pcm16_mono_16k.wav"));
      }
    }
    SHARED.add(folder);
    SHARED.add(NoteLibrary.open(folder, 500));
  }

  @AfterContainer
  static void removeNotes() throws IOException {
    try (var paths = Files.walk((Path) SHARED.get(0))) {
      for (Path path : paths.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(path);
      }
    }
  }

  @Property(tries = 100)
  void recipesAreReproducibleAndSeekable(
      @ForAll long seed,
      @ForAll FamilyDraw draw,
      @ForAll @IntRange(max = 10) int size,
      @ForAll @LongRange(max = 1_999_999) long at,
      @ForAll @DoubleRange(min = -40, max = 0) double lowest)
      throws IOException {
    List<GroupCount> groups =
        List.of(new GroupCount(0, 1_000_000), new GroupCount(size, 1_000_000));
    MixtureRecipe recipe =
        new MixtureRecipe(
            seed, groups, OverlayRule.WAVEFORM_SUM, rain(), draw, new GainRange(lowest, 0));
    Mixture mixture = recipe.mixture(at, library, TEN);
    MixtureRecipe again =
        new MixtureRecipe(
            seed, groups, OverlayRule.WAVEFORM_SUM, rain(), draw, new GainRange(lowest, 0));
    NoteLibrary reopened = NoteLibrary.open(folder, 500);
    assertEquals(mixture, again.mixture(at, reopened, TEN));
    assertEquals(mixture, again.mixture(mixture.id(), reopened, TEN));
    assertEquals(at < 1_000_000 ? 0 : size, mixture.noteIds().size());
    mixture.gains().forEach(gain -> assertTrue(gain >= lowest && gain <= 0));
  }

  private static BackgroundNoise rain() {
    return BackgroundNoise.recorded(AudioClip.of(new float[] {0.5f, -0.25f, 0.125f}, 16_000), 0.5);
  }

  @Example
  void theRecordingAndItsLevelAreInTheName() {
    Set<String> ids = new HashSet<>();
    AudioClip other = AudioClip.of(new float[] {0.5f, -0.25f}, 16_000);
    for (BackgroundNoise noise :
        List.of(
            BackgroundNoise.white(0),
            BackgroundNoise.white(0.5),
            rain(),
            BackgroundNoise.recorded(other, 0.5),
            BackgroundNoise.recorded(other, 0.25))) {
      ids.add(
          new MixtureRecipe(
                  1,
                  List.of(new GroupCount(1, 1)),
                  OverlayRule.WAVEFORM_SUM,
                  noise,
                  FamilyDraw.DISTINCT,
                  GainRange.none())
              .id());
    }
    assertEquals(5, ids.size());
    assertEquals(rain(), rain());
    assertThrows(IllegalArgumentException.class, () -> BackgroundNoise.recorded(other, -1));
  }

  @Example
  void aConsumerStartsAtNumberSevenMillion() {
    MixtureRecipe recipe =
        new MixtureRecipe(3, List.of(new GroupCount(3, 8_000_000)), OverlayRule.WAVEFORM_SUM, 0);
    String id = recipe.id() + "-7000000";
    Mixture mixture = recipe.mixture(id, library, TEN);
    assertEquals(7_000_000, mixture.index());
    assertEquals(id, mixture.id());
    assertEquals(mixture, recipe.mixture(7_000_000, library, TEN));
  }

  @Example
  void anIdOfAnotherRecipeIsRefused() {
    MixtureRecipe recipe = MixtureRecipe.notebook(1, 10);
    for (String id :
        List.of("x-1", recipe.id() + "-1100", recipe.id() + "-01", recipe.id() + "-", "-3")) {
      assertThrows(IllegalArgumentException.class, () -> recipe.mixture(id, library, TEN));
    }
  }

  @Example
  void everyCombinationIsThereEquallyOften() {
    MixtureRecipe recipe = MixtureRecipe.exhaustive(5, 10, 3);
    assertEquals(3 * 1023, recipe.size());
    Map<Integer, Integer> counts = new HashMap<>();
    int size = 1;
    for (long i = 0; i < recipe.size(); i++) {
      Mixture mixture = recipe.mixture(i, library, TEN);
      counts.merge(mixture.truth().bits(), 1, Integer::sum);
      assertTrue(mixture.truth().cardinality() >= size, "sizes ascend");
      size = mixture.truth().cardinality();
    }
    assertEquals(1023, counts.size());
    assertEquals(Set.of(3), new HashSet<>(counts.values()));
  }

  @Example
  void theNotebookDrawsVocalAgainAndNothingElse() {
    MixtureRecipe recipe = MixtureRecipe.notebookCompatible(7, 10);
    assertEquals(1100, recipe.size());
    int repeated = 0;
    for (long i = 100; i < recipe.size(); i++) {
      Mixture mixture = recipe.mixture(i, library, TEN);
      Map<String, Integer> drawn = new HashMap<>();
      for (String note : mixture.noteIds()) {
        drawn.merge(note.substring(0, note.indexOf('/')), 1, Integer::sum);
      }
      assertEquals(i / 100, mixture.noteIds().size());
      assertEquals(drawn.size(), mixture.truth().cardinality());
      for (Map.Entry<String, Integer> family : drawn.entrySet()) {
        assertTrue(family.getValue() == 1 || family.getKey().equals("vocal"));
      }
      repeated += drawn.getOrDefault("vocal", 0) > 1 ? 1 : 0;
    }
    assertTrue(repeated > 50, "vocal was drawn again in " + repeated);
  }

  @Example
  void theNotebooksNoiseIsTheRealPartOfNumpysNoise() {
    MixtureRecipe recipe = MixtureRecipe.notebookCompatible(41, 10);
    Mixture second = recipe.mixture(1, library, TEN);
    assertEquals(42, second.noise().seed());
    Spectrogram shown = renderer.render(second, OverlayRule.MEAN_DECIBEL, 0, renderer::render);
    AudioClip noise = AudioClip.of(new NumpyRandom(42).normals(WINDOW), 16_000);
    assertEquals(extractor.realPart(noise), shown);
    // Bin 0 of a middle frame is the windowed sum.
    double sum = 0;
    for (int i = 0; i < 2048; i++) {
      double hann = 0.5 * (1 - Math.cos(2 * Math.PI * i / 2048));
      sum += hann * noise.samples()[4 * 512 - 1024 + i];
    }
    assertEquals(sum, shown.values()[4], 1e-4);
  }

  @Example
  void gainsAmplifyTheNotes() {
    GainRange quiet = new GainRange(-20, -20);
    for (OverlayRule rule : OverlayRule.values()) {
      List<GroupCount> one = List.of(new GroupCount(1, 1));
      Mixture loud = new MixtureRecipe(1, one, rule, 0).mixture(0, library, TEN);
      MixtureRecipe recipe =
          new MixtureRecipe(1, one, rule, BackgroundNoise.white(0), FamilyDraw.DISTINCT, quiet);
      Mixture soft = recipe.mixture(0, library, TEN);
      assertEquals(loud.noteIds(), soft.noteIds());
      assertNotEquals(loud.id(), soft.id());
      float[] before = renderer.render(loud, rule, 0, renderer::render).values();
      float[] after = renderer.render(soft, rule, 0, renderer::render).values();
      int loudest = 0;
      for (int i = 0; i < before.length; i++) {
        loudest = before[i] > before[loudest] ? i : loudest;
      }
      assertEquals(before[loudest] - 20, after[loudest], 1e-3);
    }
    assertThrows(IllegalArgumentException.class, () -> new GainRange(1, 0));
    assertThrows(IllegalArgumentException.class, () -> new GainRange(0, Double.NaN));
  }
}
