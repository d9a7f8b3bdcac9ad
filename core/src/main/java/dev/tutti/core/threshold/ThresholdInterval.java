package dev.tutti.core.threshold;

/**
 * The thresholds that decide alike: all t with {@code from <= t < to}. Either end may be infinite.
 */
public record ThresholdInterval(double from, double to) {
  /** How much of 0..1 it covers. */
  public double width() {
    return Math.max(0, Math.min(1, to) - Math.max(0, from));
  }

  /** Whether a threshold within 0..1 lies in it: one that probabilities can be decided by. */
  public boolean isReachable() {
    double lowest = Math.max(0, from);
    return lowest <= 1 && lowest < to;
  }

  /** Whether a threshold lies in it. */
  public boolean contains(double threshold) {
    return from <= threshold && threshold < to;
  }

  /**
   * The middle of the part within 0..1. Where there is none, the middle between its ends; where one
   * of them is infinite, the outermost threshold at the other.
   */
  public double middle() {
    double low = Math.max(0, from);
    double high = Math.min(1, to);
    if (low > high || !contains(low)) {
      low = from;
      high = to;
    }
    if (Double.isInfinite(low)) {
      return Math.nextDown(to);
    }
    double middle = Double.isInfinite(high) ? low : low + (high - low) / 2;
    return contains(middle) ? middle : low;
  }
}
