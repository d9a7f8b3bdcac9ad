package dev.tutti.core.mixture;

/**
 * From where the gain of each note of a mixture is drawn, evenly in dB.
 *
 * @param lowest in dB; 0 leaves a note as it is
 * @param highest in dB, at least {@code lowest}
 */
public record GainRange(double lowest, double highest) {
  private static final double LARGEST = 120;

  /**
   * Checks the order and the size.
   *
   * @throws IllegalArgumentException where the range is empty or reaches beyond -120..120 dB
   */
  public GainRange {
    if (!(lowest >= -LARGEST && lowest <= highest && highest <= LARGEST)) {
      throw new IllegalArgumentException(
          "gains from %s to %s dB; accepted are -120 <= lowest <= highest <= 120"
              .formatted(lowest, highest));
    }
  }

  /** Every note as it is. */
  public static GainRange none() {
    return new GainRange(0, 0);
  }

  boolean isNone() {
    return lowest == 0 && highest == 0;
  }

  /** A gain: {@code lowest + (highest - lowest) (next() >>> 11) / 2^53}. */
  double draw(SplitMix64 random) {
    return lowest + (highest - lowest) * ((random.next() >>> 11) * 0x1p-53);
  }
}
