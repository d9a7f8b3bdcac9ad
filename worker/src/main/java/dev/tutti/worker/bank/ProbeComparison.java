package dev.tutti.worker.bank;

import dev.tutti.core.threshold.Thresholds;
import dev.tutti.worker.bankfile.ProbeAnswers;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How a bank's answers to its probes compare with those that it should give.
 *
 * @param largest difference of two probabilities
 * @param flips decisions at the bank's thresholds that came out otherwise
 * @param decisions that were compared
 */
record ProbeComparison(double largest, int flips, int decisions) {
  /** Differences up to here are taken for the speed of bfloat16, where no decision flips. */
  static final double BEARABLE = 0.01;

  static ProbeComparison of(ModelBank bank, ProbeAnswers expected) {
    return of(answers(bank, expected.seed()), expected, bank.description().thresholds());
  }

  /**
   * Compares answers that are known already.
   *
   * @param found [probes][families]
   */
  static ProbeComparison of(
      List<List<Double>> found, ProbeAnswers expected, Thresholds thresholds) {
    double largest = 0;
    int flips = 0;
    int families = thresholds.families().size();
    for (int row = 0; row < found.size(); row++) {
      for (int family = 0; family < families; family++) {
        double ours = found.get(row).get(family);
        double theirs = expected.probabilities().get(row).get(family);
        double threshold = thresholds.get(family);
        largest = Math.max(largest, Math.abs(ours - theirs));
        flips += ours > threshold == theirs > threshold ? 0 : 1;
      }
    }
    return new ProbeComparison(largest, flips, families * found.size());
  }

  /** What a bank answers to the probes of a seed: [probes][families]. */
  static List<List<Double>> answers(ModelBank bank, long seed) {
    int families = bank.description().families().size();
    int most = bank.description().batchSizes().largest();
    List<ByteBuffer> rows = ProbeInputs.generate(seed, bank.description().input());
    List<List<Double>> answers = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += most) {
      List<ByteBuffer> batch = rows.subList(from, Math.min(rows.size(), from + most));
      float[] probabilities = bank.infer(batch).probabilities();
      for (int row = 0; row < batch.size(); row++) {
        List<Double> answer = new ArrayList<>();
        for (int family = 0; family < families; family++) {
          answer.add((double) probabilities[row * families + family]);
        }
        answers.add(answer);
      }
    }
    return answers;
  }

  boolean acceptable() {
    return largest <= BEARABLE && flips == 0;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "probe answers differ from float32 by up to %.5f (accepted: %.2f) and %d of %d decisions flip",
        largest,
        BEARABLE,
        flips,
        decisions);
  }
}
