package dev.tutti.cli;

import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.LabelVector;
import dev.tutti.core.metrics.EvaluationAccumulator;
import dev.tutti.core.metrics.Metric;
import dev.tutti.core.threshold.Thresholds;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * What predictors that know nothing of the sound reach on the very samples of an evaluation.
 *
 * <ul>
 *   <li>coin flips: even random probabilities, threshold 0.5;
 *   <li>all present: every family with probability 1;
 *   <li>knows k: who is told how many of the n families play, and gives each the probability k / n,
 *       threshold 0.5.
 * </ul>
 *
 * <p>The last two follow from how often each family plays in groups of each size, so that no sample
 * is kept for them.
 */
final class TrivialLevels {
  private final FamilySet families;
  private final SplittableRandom coin;
  private final EvaluationAccumulator flips;

  /** Samples by how many families play. */
  private final long[] samples;

  /** [size][position]: samples of a size in which a family plays. */
  private final long[][] present;

  TrivialLevels(FamilySet families, long seed) {
    this.families = families;
    this.coin = new SplittableRandom(seed);
    this.flips = new EvaluationAccumulator(Thresholds.uniform(families, 0.5));
    this.samples = new long[families.size() + 1];
    this.present = new long[families.size() + 1][families.size()];
  }

  void add(LabelVector truth) {
    float[] guesses = new float[families.size()];
    for (int i = 0; i < guesses.length; i++) {
      guesses[i] = (float) coin.nextDouble();
      present[truth.cardinality()][i] += truth.isPresent(i) ? 1 : 0;
    }
    samples[truth.cardinality()]++;
    flips.add(truth, guesses);
  }

  /** The levels by name. */
  Map<String, Headlines> levels() {
    Map<String, Headlines> levels = new LinkedHashMap<>();
    levels.put("coin flips", Headlines.of(flips.report()));
    levels.put("all present", level(size -> true, false));
    levels.put("knows k", level(size -> 2 * size > families.size(), true));
    return levels;
  }

  /** What a predictor decides of a sample of this size. */
  private interface Decision {
    boolean allPresent(int size);
  }

  private Headlines level(Decision decision, boolean ranksBySize) {
    int n = families.size();
    long all = 0;
    long exact = 0;
    long right = 0;
    double jaccard = 0;
    for (int size = 0; size <= n; size++) {
      boolean allPresent = decision.allPresent(size);
      all += samples[size];
      exact += size == (allPresent ? n : 0) ? samples[size] : 0;
      right += samples[size] * (allPresent ? size : n - size);
      jaccard += allPresent ? (double) samples[size] * size / n : 0;
    }
    if (all == 0) {
      Metric none = Metric.undefined("there are no samples");
      return new Headlines(none, none, none, none, none);
    }
    return new Headlines(
        meanAveragePrecision(ranksBySize),
        withinKAuc(),
        Metric.of((double) right / all / n),
        Metric.of(jaccard / all),
        Metric.of((double) exact / all));
  }

  private Metric meanAveragePrecision(boolean ranksBySize) {
    var mean =
        IntStream.range(0, families.size())
            .filter(p -> IntStream.range(0, samples.length).anyMatch(size -> present[size][p] > 0))
            .mapToDouble(p -> averagePrecision(p, ranksBySize))
            .average();
    return mean.isPresent()
        ? Metric.of(mean.getAsDouble())
        : Metric.undefined("it is undefined for every family");
  }

  /** Samples of one size are one step; without an order by size, all samples are. */
  private double averagePrecision(int position, boolean ranksBySize) {
    long found = 0;
    long passed = 0;
    double sum = 0;
    long pending = 0;
    for (int size = samples.length - 1; size >= 0; size--) {
      found += present[size][position];
      passed += samples[size];
      pending += present[size][position];
      if (passed > 0 && (ranksBySize || size == 0)) {
        sum += (double) pending * found / passed;
        pending = 0;
      }
    }
    return sum / found;
  }

  /** Whoever gives all samples of a size the same scores ties every pair. */
  private Metric withinKAuc() {
    boolean defined =
        IntStream.range(0, samples.length)
            .anyMatch(
                size ->
                    IntStream.range(0, families.size())
                        .anyMatch(p -> present[size][p] > 0 && present[size][p] < samples[size]));
    return defined ? Metric.of(0.5) : Metric.undefined("it is undefined for every family");
  }
}
