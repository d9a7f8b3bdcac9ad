package dev.tutti.core.calibration;

import java.util.Arrays;

/**
 * The rising map that fits best in squares, without any assumed shape: neighbouring probabilities
 * whose shares of present cases fall are pooled until none do (Ayer and others, 1955). Between the
 * fitted probabilities it is linear, beyond them constant.
 */
public final class IsotonicCalibration implements Calibration {
  private final double[] probabilities;
  private final double[] values;

  private IsotonicCalibration(double[] probabilities, double[] values) {
    this.probabilities = probabilities;
    this.values = values;
  }

  /** Pools adjacent violators. */
  public static IsotonicCalibration fit(LabelCases cases) {
    int size = cases.size();
    double[] present = new double[size];
    double[] count = new double[size];
    int[] end = new int[size];
    int pools = 0;
    for (int i = 0; i < size; i++) {
      present[pools] = cases.present(i);
      count[pools] = cases.present(i) + cases.absent(i);
      end[pools++] = i + 1;
      while (pools > 1
          && present[pools - 2] * count[pools - 1] >= present[pools - 1] * count[pools - 2]) {
        pools--;
        present[pools - 1] += present[pools];
        count[pools - 1] += count[pools];
        end[pools - 1] = end[pools];
      }
    }
    double[] probabilities = new double[size];
    double[] values = new double[size];
    for (int pool = 0; pool < pools; pool++) {
      for (int i = pool == 0 ? 0 : end[pool - 1]; i < end[pool]; i++) {
        probabilities[i] = cases.probability(i);
        values[i] = present[pool] / count[pool];
      }
    }
    return new IsotonicCalibration(probabilities, values);
  }

  @Override
  public double calibrate(double probability) {
    int found = Arrays.binarySearch(probabilities, probability + 0.0);
    if (found >= 0) {
      return values[found];
    }
    int above = -found - 1;
    if (above == 0 || above == values.length) {
      return values[above == 0 ? 0 : above - 1];
    }
    double share =
        (probability - probabilities[above - 1])
            / (probabilities[above] - probabilities[above - 1]);
    return values[above - 1] + share * (values[above] - values[above - 1]);
  }
}
