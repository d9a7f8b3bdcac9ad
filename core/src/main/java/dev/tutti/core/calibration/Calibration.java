package dev.tutti.core.calibration;

/** Maps a model's probability to a better one; never the other way round in order. */
@FunctionalInterface
public interface Calibration {
  /**
   * The better probability.
   *
   * @param probability 0..1
   * @return 0..1, no less for a greater probability
   */
  double calibrate(double probability);
}
