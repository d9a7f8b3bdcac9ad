package dev.tutti.core.metrics;

import java.util.Arrays;

/**
 * Scores in 0..1 of present and absent cases, kept in order, for the measures that depend on that
 * order alone.
 *
 * <p>A case is one long: the bits of its score, which for numbers from 0 on order as the numbers do
 * and leave the lowest place free after a shift, then 1 where it is present. New cases wait
 * unsorted behind the sorted ones and are merged in when a measure is asked for: asking often costs
 * little more than asking once.
 */
final class RankedScores {
  private static final int INITIAL_CAPACITY = 16;

  private long[] cases = new long[INITIAL_CAPACITY];
  private int sorted;
  private int size;
  private int positives;

  /**
   * Adds a case.
   *
   * @param score in 0..1
   */
  void add(double score, boolean present) {
    reserve(1);
    // Adding 0 turns -0, whose bits are those of no small number, into 0.
    cases[size++] = Double.doubleToRawLongBits(score + 0.0) << 1 | (present ? 1 : 0);
    positives += present ? 1 : 0;
  }

  void addAll(RankedScores other) {
    reserve(other.size);
    System.arraycopy(other.cases, 0, cases, size, other.size);
    size += other.size;
    positives += other.positives;
  }

  boolean hasPositives() {
    return positives > 0;
  }

  boolean hasBoth() {
    return positives > 0 && positives < size;
  }

  /**
   * The area under the precision-recall steps, the sum over the distinct scores from the highest of
   * (recall - recall before) x precision, as scikit-learn's {@code average_precision_score}: equal
   * scores are one step. There must be positives.
   */
  double averagePrecision() {
    sort();
    double sum = 0;
    long found = 0;
    for (int end = size; end > 0; ) {
      int start = startOfTies(end);
      long here = positives(start, end);
      found += here;
      sum += (double) here * found / (size - start);
      end = start;
    }
    return sum / positives;
  }

  /**
   * The probability that a present case outscores an absent one, equal scores counting half (the
   * area under the ROC curve, Mann and Whitney's U). There must be both.
   */
  double areaUnderCurve() {
    sort();
    // Twice the number of pairs won, which stays exact.
    long doubled = 0;
    long absentBelow = 0;
    for (int start = 0; start < size; ) {
      int end = endOfTies(start);
      long present = positives(start, end);
      long absent = end - start - present;
      doubled += present * (2 * absentBelow + absent);
      absentBelow += absent;
      start = end;
    }
    return doubled / 2.0 / positives / (size - positives);
  }

  /** The figures that need probabilities, of cases in order: the same for any order of adding. */
  ProbabilityReport report(int bins) {
    if (size == 0) {
      Metric none = Metric.undefined("there are no samples");
      return new ProbabilityReport(none, none, none, none);
    }
    sort();
    return new ProbabilityReport(
        hasBoth()
            ? Metric.of(areaUnderCurve())
            : Metric.undefined(
                hasPositives() ? "the family is always present" : "the family is never present"),
        mean(ProbabilityLoss.BRIER),
        mean(ProbabilityLoss.LOG_LOSS),
        reliability(bins).expectedCalibrationError());
  }

  private Metric mean(ProbabilityLoss loss) {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += loss.of((cases[i] & 1) == 1, score(i));
    }
    return Metric.of(sum / size);
  }

  /**
   * The cases in bins of equal width from 0 to 1. They are added up in the order of their scores,
   * so that the sums do not depend on the order of adding.
   */
  Reliability reliability(int bins) {
    sort();
    long[] counts = new long[bins];
    long[] present = new long[bins];
    double[] sums = new double[bins];
    for (int i = 0; i < size; i++) {
      int bin = Math.min(bins - 1, (int) (score(i) * bins));
      counts[bin]++;
      present[bin] += cases[i] & 1;
      sums[bin] += score(i);
    }
    return Reliability.ofSums(counts, present, sums);
  }

  private double score(int index) {
    return Double.longBitsToDouble(cases[index] >>> 1);
  }

  private long positives(int start, int end) {
    long count = 0;
    for (int i = start; i < end; i++) {
      count += cases[i] & 1;
    }
    return count;
  }

  private int startOfTies(int end) {
    int start = end - 1;
    while (start > 0 && cases[start - 1] >>> 1 == cases[end - 1] >>> 1) {
      start--;
    }
    return start;
  }

  private int endOfTies(int start) {
    int end = start + 1;
    while (end < size && cases[end] >>> 1 == cases[start] >>> 1) {
      end++;
    }
    return end;
  }

  private void sort() {
    if (sorted == size) {
      return;
    }
    long[] waiting = Arrays.copyOfRange(cases, sorted, size);
    Arrays.sort(waiting);
    int from = sorted - 1;
    int next = waiting.length - 1;
    for (int to = size - 1; next >= 0; to--) {
      boolean old = from >= 0 && cases[from] > waiting[next];
      cases[to] = old ? cases[from--] : waiting[next--];
    }
    sorted = size;
  }

  private void reserve(int count) {
    int needed = Math.addExact(size, count);
    if (needed > cases.length) {
      cases = Arrays.copyOf(cases, Math.max(needed, cases.length + (cases.length >> 1)));
    }
  }
}
