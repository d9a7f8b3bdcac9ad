package dev.tutti.client.report;

import dev.tutti.core.spectrogram.Spectrogram;
import java.util.List;

/**
 * Which colour is which level, from dark to light.
 *
 * @param low the darkest, in dB
 * @param high the lightest, in dB, above {@code low}
 */
record LevelScale(double low, double high) {
  /** Black, purple, red, orange, pale yellow: equally spaced in lightness. */
  private static final int[] COLOURS = {0x000004, 0x51127C, 0xB73779, 0xFC8961, 0xFCFDBF};

  /** Where levels differ by less there is nothing to see, as in silence. */
  private static final double LEAST_RANGE = 1;

  private static final int MOST_TICKS = 10;

  static LevelScale of(Spectrogram spectrogram) {
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (float level : spectrogram.values()) {
      low = Math.min(low, level);
      high = Math.max(high, level);
    }
    return new LevelScale(low, Math.max(high, low + LEAST_RANGE));
  }

  List<Tick> ticks() {
    return Tick.linear(low, high, Tick.step((high - low) / MOST_TICKS));
  }

  /** How light a level is: 0 to 1. */
  double light(double level) {
    return (level - low) / (high - low);
  }

  /** The colour of a lightness from 0 to 1, mixed of its two neighbours. */
  static int colour(double light) {
    double place = light * (COLOURS.length - 1);
    int below = (int) Math.min(place, COLOURS.length - 2);
    double share = place - below;
    int mixed = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      int from = COLOURS[below] >> shift & 0xFF;
      int to = COLOURS[below + 1] >> shift & 0xFF;
      mixed |= (int) Math.round(from + share * (to - from)) << shift;
    }
    return mixed;
  }
}
