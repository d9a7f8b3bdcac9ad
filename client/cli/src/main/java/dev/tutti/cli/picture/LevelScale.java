package dev.tutti.cli.picture;

import dev.tutti.core.spectrogram.Spectrogram;
import dev.tutti.core.spectrogram.StftParameters;
import java.util.List;

/**
 * Which colour is which level, from dark to light, over the range that a spectrogram has.
 *
 * @param low the darkest, in dB
 * @param high the lightest, in dB, not below {@code low}
 */
record LevelScale(double low, double high) {
  /** Black, purple, red, orange, pale yellow: equally spaced in lightness. */
  private static final int[] COLOURS = {0x000004, 0x51127C, 0xB73779, 0xFC8961, 0xFCFDBF};

  /** Where levels differ by less, in dB, they are one: their texts would be the same. */
  private static final double LEAST_RANGE = 0.1;

  /** The level that stands for nothing at all: the lowest that is told apart, in dB. */
  private static final double SILENCE = 20 * Math.log10(StftParameters.nsynth().amin());

  private static final int MOST_TICKS = 10;

  static LevelScale of(Spectrogram spectrogram) {
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (float level : spectrogram.values()) {
      low = Math.min(low, level);
      high = Math.max(high, level);
    }
    return new LevelScale(low, high);
  }

  /** Whether there is but one level: then it is the whole scale. */
  boolean flat() {
    return high - low < LEAST_RANGE;
  }

  /** Whether nothing sounds. */
  boolean silent() {
    return high <= SILENCE + LEAST_RANGE / 2;
  }

  List<Tick> ticks() {
    if (flat()) {
      return List.of(Tick.end(high, 1));
    }
    double step = Tick.step((high - low) / MOST_TICKS);
    return Tick.within(
        Tick.end(low, Math.max(1, step)),
        Tick.end(high, Math.max(1, step)),
        Tick.linear(low, high, step),
        tick -> light(tick.value()),
        tick -> SpectrogramPicture.LINE_SHARE);
  }

  /** How light a level is: 0 to 1; the one level of a flat scale is dark. */
  double light(double level) {
    return flat() ? 0 : (level - low) / (high - low);
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
