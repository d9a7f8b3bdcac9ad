package dev.tutti.core.metrics;

import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.LabelVector;
import dev.tutti.core.score.LabelMatrix;
import dev.tutti.core.threshold.Thresholds;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * What predictors that hear nothing reach on the very samples of an evaluation: levels to compare
 * its figures with. Each predictor decides that a family plays where its score is above {@value
 * #THRESHOLD}, which is just below one half so that one half itself, strictly above it, is a yes.
 *
 * <p>Only the coin's figures need its samples one by one; the others follow from how often each
 * family plays in ensembles of each size. For one thread.
 */
public final class TrivialLevels {
  private static final double THRESHOLD = 0.499;

  /** The first number of the coin's generator, the same in every evaluation. */
  private static final long SEED = 1;

  /** Who hears nothing. */
  public enum Predictor {
    /**
     * Scores are drawn evenly from 0..1, sample by sample and family by family: {@link
     * Random#nextDouble} of {@code new Random(1)}.
     */
    COIN_FLIPS,
    /** Every family scores 1. */
    ALL_PRESENT,
    /** Who is told that k of the n families play, and not which: every family scores k / n. */
    KNOWS_K
  }

  private final FamilySet families;
  private final Random coin = new Random(SEED);
  private final EvaluationAccumulator flips;

  /** Samples by how many families play. */
  private final long[] samples;

  /** [size][position]: samples of a size in which a family plays. */
  private final long[][] present;

  public TrivialLevels(FamilySet families) {
    this.families = families;
    this.flips = new EvaluationAccumulator(Thresholds.uniform(families, THRESHOLD));
    this.samples = new long[families.size() + 1];
    this.present = new long[families.size() + 1][families.size()];
  }

  /**
   * The levels on the samples of a matrix, in its order.
   *
   * @param truth [samples, families], every one known
   */
  public static TrivialLevels of(FamilySet families, LabelMatrix truth) {
    TrivialLevels levels = new TrivialLevels(families);
    for (int row = 0; row < truth.rows(); row++) {
      int sample = row;
      levels.add(
          LabelVector.of(
              families,
              families.asList().stream()
                  .filter(family -> truth.isPresent(sample, families.positionOf(family)))
                  .toList()));
    }
    return levels;
  }

  /** Adds a sample. */
  public void add(LabelVector truth) {
    double[] scores = new double[families.size()];
    for (int p = 0; p < scores.length; p++) {
      scores[p] = coin.nextDouble();
      present[truth.cardinality()][p] += truth.isPresent(p) ? 1 : 0;
    }
    samples[truth.cardinality()]++;
    flips.add(truth, scores);
  }

  /** Every headline of every predictor, in the order of both; undefined without samples. */
  public Map<Predictor, Map<Headline, Metric>> levels() {
    EvaluationReport flipped = flips.report();
    Map<Headline, Metric> coins = new EnumMap<>(Headline.class);
    for (Headline headline : Headline.values()) {
      coins.put(headline, headline.of(flipped));
    }
    int n = families.size();
    Map<Predictor, Map<Headline, Metric>> levels = new EnumMap<>(Predictor.class);
    levels.put(Predictor.COIN_FLIPS, coins);
    levels.put(Predictor.ALL_PRESENT, level(size -> true, false));
    levels.put(Predictor.KNOWS_K, level(size -> (double) size / n > THRESHOLD, true));
    return levels;
  }

  /**
   * The level of one whose scores depend on the size alone.
   *
   * @param yes of which sizes all families are decided to play; of the others, none
   * @param ranksBySize whether larger ensembles score higher
   */
  private Map<Headline, Metric> level(IntPredicate yes, boolean ranksBySize) {
    int n = families.size();
    long all = 0;
    long exact = 0;
    long right = 0;
    double jaccard = 0;
    for (int size = 0; size <= n; size++) {
      boolean allPresent = yes.test(size);
      all += samples[size];
      exact += size == (allPresent ? n : 0) ? samples[size] : 0;
      right += samples[size] * (allPresent ? size : n - size);
      jaccard += allPresent ? (double) samples[size] * size / n : 0;
    }
    String none = "there are no samples";
    Map<Headline, Metric> level = new EnumMap<>(Headline.class);
    level.put(Headline.EXACT_MATCH_RATIO, Metric.ratio(exact, all, none));
    level.put(
        Headline.JACCARD_SAMPLES, all == 0 ? Metric.undefined(none) : Metric.of(jaccard / all));
    level.put(Headline.BIT_ACCURACY, Metric.ratio(right, all * n, none));
    level.put(Headline.MEAN_AVERAGE_PRECISION, meanAveragePrecision(ranksBySize));
    level.put(Headline.WITHIN_K_AUC, withinKAuc());
    return level;
  }

  private Metric meanAveragePrecision(boolean ranksBySize) {
    return Metric.mean(
        IntStream.range(0, families.size())
            .mapToObj(position -> averagePrecision(position, ranksBySize))
            .toList(),
        "it is undefined for every family");
  }

  /** Samples of one size are one step; without an order by size, all samples are. */
  private Metric averagePrecision(int position, boolean ranksBySize) {
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
    return found == 0 ? Metric.undefined("the family is never present") : Metric.of(sum / found);
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
