package dev.tutti.core.calibration;

/**
 * Platt's scaling (1999): the probability is 1 / (1 + exp(-(slope x + intercept))), where x is the
 * model's log odds ln(p / (1 - p)), the value before its last sigmoid. Log odds beyond those of
 * 2^-24, the resolution of a float near 1, are cut there.
 *
 * @param slope from 0 on
 */
public record PlattScaling(double slope, double intercept) implements Calibration {
  private static final double SMALLEST = 0x1p-24;
  private static final int MAX_STEPS = 100;
  private static final double DONE = 1e-10;

  /**
   * The likeliest slope and intercept, with Platt's target probabilities (P + 1) / (P + 2) and 1 /
   * (N + 2) in place of 1 and 0, which keep them finite. Newton's method with step halving (Lin,
   * Lin and Weng, 2007). A negative slope, which would turn the order round, becomes 0.
   */
  public static PlattScaling fit(LabelCases cases) {
    double high = (cases.cuts().positives() + 1.0) / (cases.cuts().positives() + 2.0);
    double low = 1 / (cases.cuts().negatives() + 2.0);
    double base = Math.log((cases.cuts().positives() + 1.0) / (cases.cuts().negatives() + 1.0));
    PlattScaling best = new PlattScaling(0, base);
    double loss = best.loss(cases, high, low);
    for (int i = 0; i < MAX_STEPS; i++) {
      double[] step = best.newtonStep(cases, high, low);
      double length = 1;
      PlattScaling next = best.moved(step, length);
      double nextLoss = next.loss(cases, high, low);
      while (!(nextLoss < loss) && length > DONE) {
        length /= 2;
        next = best.moved(step, length);
        nextLoss = next.loss(cases, high, low);
      }
      if (!(nextLoss < loss - DONE * Math.abs(loss))) {
        break;
      }
      best = next;
      loss = nextLoss;
    }
    return best.slope >= 0 ? best : new PlattScaling(0, base);
  }

  private PlattScaling moved(double[] step, double length) {
    return new PlattScaling(slope - length * step[0], intercept - length * step[1]);
  }

  /** The negative log likelihood of the targets. */
  private double loss(LabelCases cases, double high, double low) {
    double loss = 0;
    for (int i = 0; i < cases.size(); i++) {
      double z = slope * logOdds(cases.probability(i)) + intercept;
      double count = cases.present(i) + cases.absent(i);
      double target = cases.present(i) * high + cases.absent(i) * low;
      // ln(1 + e^z) without overflow.
      loss += count * (Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)))) - target * z;
    }
    return loss;
  }

  /** The inverse of the second derivatives times the first. */
  private double[] newtonStep(LabelCases cases, double high, double low) {
    double g0 = 0;
    double g1 = 0;
    double h00 = 1e-12;
    double h01 = 0;
    double h11 = 1e-12;
    for (int i = 0; i < cases.size(); i++) {
      double x = logOdds(cases.probability(i));
      double count = cases.present(i) + cases.absent(i);
      double p = sigmoid(slope * x + intercept);
      double gap = count * p - cases.present(i) * high - cases.absent(i) * low;
      double weight = count * p * (1 - p);
      g0 += gap * x;
      g1 += gap;
      h00 += weight * x * x;
      h01 += weight * x;
      h11 += weight;
    }
    double determinant = h00 * h11 - h01 * h01;
    return new double[] {(h11 * g0 - h01 * g1) / determinant, (h00 * g1 - h01 * g0) / determinant};
  }

  @Override
  public double calibrate(double probability) {
    return sigmoid(slope * logOdds(probability) + intercept);
  }

  private static double logOdds(double probability) {
    double kept = Math.min(1 - SMALLEST, Math.max(SMALLEST, probability));
    return Math.log(kept / (1 - kept));
  }

  private static double sigmoid(double z) {
    return 1 / (1 + Math.exp(-z));
  }
}
