package dev.tutti.core.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tutti.core.dataset.NoteLibrary;
import dev.tutti.core.golden.GoldenFiles;
import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.core.label.LabelVector;
import dev.tutti.core.metrics.TrivialLevels.Predictor;
import dev.tutti.core.mixture.MixtureRecipe;
import dev.tutti.core.score.LabelMatrix;
import dev.tutti.core.score.ScoredMatrices;
import dev.tutti.core.threshold.Thresholds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrivialLevelsTest {
  private static final FamilySet FAMILIES = FamilySet.all();
  private static final List<LabelVector> NONE = List.of();

  @TempDir Path folder;

  @Test
  void levelsAreThoseOfPredictorsThatAreScoredSampleBySample() {
    Random random = new Random(3);
    // The last family never plays; no sample has more than ten.
    List<LabelVector> truths =
        random.ints(300, 0, 1 << 10).mapToObj(bits -> new LabelVector(FAMILIES, bits)).toList();
    same(scored(truths, truth -> 1), levels(truths, Predictor.ALL_PRESENT));
    same(
        scored(truths, truth -> (double) truth.cardinality() / FAMILIES.size()),
        levels(truths, Predictor.KNOWS_K));
  }

  @Test
  void halfOfTheFamiliesIsAYes() {
    FamilySet ten = FamilySet.notebook();
    TrivialLevels levels = new TrivialLevels(ten);
    levels.add(new LabelVector(ten, 0b11111));
    assertEquals(
        Metric.of(0.5), levels.levels().get(Predictor.KNOWS_K).get(Headline.JACCARD_SAMPLES));
  }

  @Test
  void withoutSamplesNothingIsDefined() {
    same(scored(NONE, truth -> 1), levels(NONE, Predictor.ALL_PRESENT));
    same(scored(NONE, truth -> 1), levels(NONE, Predictor.COIN_FLIPS));
  }

  @Test
  void aMatrixGivesWhatItsSamplesGive() {
    List<LabelVector> truths =
        new Random(7)
            .ints(50, 0, 1 << 11)
            .mapToObj(bits -> new LabelVector(FAMILIES, bits))
            .toList();
    TrivialLevels levels = new TrivialLevels(FAMILIES);
    truths.forEach(levels::add);
    List<float[]> unused = truths.stream().map(truth -> new float[FAMILIES.size()]).toList();
    LabelMatrix truth = ScoredMatrices.of(FAMILIES.size(), truths, unused).truth();
    assertEquals(levels.levels(), TrivialLevels.of(FAMILIES, truth).levels());
  }

  /** What the card of the bundled models says; it was written from matrices, sample by sample. */
  @Test
  void theNotebooksRecipeHasTheLevelsOfTheBundledCard() throws IOException {
    Map<Predictor, Map<Headline, Metric>> ten = levelsOfTheNotebook(FamilySet.notebook());
    assertCard("0.0 0.31011 0.50136 0.50717 0.50289", ten.get(Predictor.COIN_FLIPS));
    assertCard("0.09091 0.5 0.5 0.5 0.5", ten.get(Predictor.ALL_PRESENT));
    assertCard("0.18182 0.40909 0.77273 0.85048 0.5", ten.get(Predictor.KNOWS_K));
    Map<Predictor, Map<Headline, Metric>> eleven = levelsOfTheNotebook(FAMILIES);
    assertCard("0.0 0.28446 0.49207 0.45264 0.48866", eleven.get(Predictor.COIN_FLIPS));
    assertCard("0.0 0.45455 0.45455 0.45455 0.5", eleven.get(Predictor.ALL_PRESENT));
    assertCard("0.09091 0.33058 0.75207 0.77322 0.5", eleven.get(Predictor.KNOWS_K));
  }

  private Map<Predictor, Map<Headline, Metric>> levelsOfTheNotebook(FamilySet families)
      throws IOException {
    for (InstrumentFamily family : families) {
      Path note = Files.createDirectories(folder.resolve(family.label())).resolve("a.wav");
      Files.write(note, GoldenFiles.bytes("wav/pcm16_mono_16k.wav"));
    }
    NoteLibrary library = NoteLibrary.open(folder, 1);
    MixtureRecipe recipe = MixtureRecipe.notebook(1, families.size());
    TrivialLevels levels = new TrivialLevels(families);
    LongStream.range(0, recipe.size())
        .mapToObj(i -> recipe.mixture(i, library, families).truth())
        .forEach(levels::add);
    return levels.levels();
  }

  private static void assertCard(String figures, Map<Headline, Metric> level) {
    List<String> rounded =
        level.values().stream()
            .map(metric -> String.valueOf(Math.round(metric.value().orElseThrow() * 1e5) / 1e5))
            .toList();
    assertEquals(List.of(figures.split(" ")), rounded);
  }

  private static Map<Headline, Metric> levels(List<LabelVector> truths, Predictor predictor) {
    TrivialLevels levels = new TrivialLevels(FAMILIES);
    truths.forEach(levels::add);
    return levels.levels().get(predictor);
  }

  private static EvaluationReport scored(
      List<LabelVector> truths, ToDoubleFunction<LabelVector> score) {
    EvaluationAccumulator accumulator =
        new EvaluationAccumulator(Thresholds.uniform(FAMILIES, 0.499));
    for (LabelVector truth : truths) {
      double[] row = new double[FAMILIES.size()];
      Arrays.fill(row, score.applyAsDouble(truth));
      accumulator.add(truth, row);
    }
    return accumulator.report();
  }

  private static void same(EvaluationReport expected, Map<Headline, Metric> actual) {
    for (Headline headline : Headline.values()) {
      var one = headline.of(expected).value();
      var other = actual.get(headline).value();
      assertEquals(one.isPresent(), other.isPresent(), headline.name());
      assertEquals(one.orElse(0), other.orElse(0), 1e-12, headline.name());
    }
  }
}
