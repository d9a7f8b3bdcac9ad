package dev.tutti.worker.training.validation;

import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.core.label.LabelVector;
import dev.tutti.core.metrics.EvaluationAccumulator;
import dev.tutti.core.metrics.EvaluationReport;
import dev.tutti.core.metrics.SoloConfusion;
import dev.tutti.core.score.LabelMatrix;
import dev.tutti.core.score.ScoreMatrix;
import dev.tutti.core.threshold.Thresholds;
import dev.tutti.worker.training.augment.NoisePool;
import dev.tutti.worker.training.augment.NoteVariation;
import dev.tutti.worker.training.augment.PowerSum;
import dev.tutti.worker.training.data.BandNote;
import dev.tutti.worker.training.data.BandProjection;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Mixtures and single notes of instruments that are not trained on, the same at every evaluation.
 */
public final class Validation {
  private final FamilySet families;
  private final List<float[]> mixtures = new ArrayList<>();
  private final List<LabelVector> truths = new ArrayList<>();
  private final List<BandNote> solos = new ArrayList<>();

  /**
   * Scores of an evaluation, higher is better.
   *
   * @param meanAveragePrecision over mixtures of 0 to 10 families
   * @param withinKAuc over the same
   * @param soloAccuracy of the most probable family of a single note
   */
  public record Scores(double meanAveragePrecision, double withinKAuc, double soloAccuracy) {
    /** What training is stopped and chosen by. */
    double value() {
      return (meanAveragePrecision + withinKAuc + soloAccuracy) / 3;
    }
  }

  /**
   * Draws the mixtures.
   *
   * @param notes in the order of the families
   * @param perSize mixtures of each size
   * @param wave as sums of waveforms, approximately, rather than means of levels
   */
  public Validation(
      FamilySet families,
      List<List<BandNote>> notes,
      NoisePool noises,
      int perSize,
      boolean wave,
      long seed) {
    this.families = families;
    RandomGenerator random = new SplittableRandom(seed);
    for (int size = 0; size <= Math.min(10, families.size()); size++) {
      for (int i = 0; i < perSize; i++) {
        draw(random, notes, noises, size, wave);
      }
    }
    if (!wave) {
      notes.forEach(solos::addAll);
    }
  }

  private void draw(
      RandomGenerator random,
      List<List<BandNote>> notes,
      NoisePool noises,
      int size,
      boolean wave) {
    float[] mix = new float[BandProjection.SIZE];
    float[] part = new float[BandProjection.SIZE];
    List<Integer> order = new ArrayList<>();
    List<InstrumentFamily> present = new ArrayList<>();
    float peak = Float.NEGATIVE_INFINITY;
    while (order.size() < size) {
      int position = random.nextInt(families.size());
      if (order.contains(position)) {
        continue;
      }
      order.add(position);
      present.add(families.get(position));
      List<BandNote> some = notes.get(position);
      BandNote note = some.get(random.nextInt(some.size()));
      note.copyTo(part);
      peak = Math.max(peak, BandNote.highest(part) + note.headroom());
      if (wave && order.size() > 1) {
        PowerSum.addTones(mix, part);
      } else {
        for (int t = 0; t < mix.length; t++) {
          mix[t] += wave ? part[t] : part[t] / size;
        }
      }
    }
    if (size == 0) {
      noises.white(random, 0, mix);
    } else if (wave) {
      NoteVariation.raise(mix, peak);
    }
    mixtures.add(mix);
    truths.add(LabelVector.of(families, present));
  }

  FamilySet families() {
    return families;
  }

  /** The truths of the mixtures. */
  public List<LabelVector> truths() {
    return truths;
  }

  /** The probabilities of the mixtures. */
  public List<float[]> probabilities(int batchSize, Function<float[], float[]> predict) {
    return predictAll(mixtures.size(), i -> mixtures.get(i), batchSize, predict);
  }

  /** Evaluates. */
  Scores evaluate(int batchSize, Function<float[], float[]> predict) {
    EvaluationAccumulator accumulator =
        new EvaluationAccumulator(Thresholds.uniform(families, 0.5));
    List<float[]> scores = probabilities(batchSize, predict);
    for (int i = 0; i < scores.size(); i++) {
      accumulator.add(truths.get(i), scores.get(i));
    }
    EvaluationReport report = accumulator.running();
    return new Scores(
        report.meanAveragePrecision().value().orElse(Double.NaN),
        report.withinKAuc().value().orElse(Double.NaN),
        solos.isEmpty() ? Double.NaN : soloAccuracy(batchSize, predict));
  }

  private double soloAccuracy(int batchSize, Function<float[], float[]> predict) {
    float[] levels = new float[BandProjection.SIZE];
    List<float[]> scores =
        predictAll(
            solos.size(),
            i -> {
              solos.get(i).copyTo(levels);
              return levels;
            },
            batchSize,
            predict);
    byte[] truth = new byte[solos.size() * families.size()];
    double[] values = new double[truth.length];
    for (int i = 0; i < solos.size(); i++) {
      truth[i * families.size() + families.positionOf(solos.get(i).family())] = 1;
      for (int p = 0; p < families.size(); p++) {
        values[i * families.size() + p] = scores.get(i)[p];
      }
    }
    return new SoloConfusion(
            LabelMatrix.of(solos.size(), families.size(), truth),
            ScoreMatrix.of(solos.size(), families.size(), values))
        .accuracy()
        .value()
        .orElse(Double.NaN);
  }

  private List<float[]> predictAll(
      int count,
      Function<Integer, float[]> levels,
      int batchSize,
      Function<float[], float[]> predict) {
    List<float[]> all = new ArrayList<>(count);
    float[] batch = new float[batchSize * BandProjection.SIZE];
    for (int start = 0; start < count; start += batchSize) {
      int size = Math.min(batchSize, count - start);
      for (int i = 0; i < size; i++) {
        System.arraycopy(
            levels.apply(start + i), 0, batch, i * BandProjection.SIZE, BandProjection.SIZE);
      }
      float[] scores = predict.apply(batch);
      for (int i = 0; i < size; i++) {
        float[] row = new float[families.size()];
        System.arraycopy(scores, i * row.length, row, 0, row.length);
        all.add(row);
      }
    }
    return all;
  }
}
