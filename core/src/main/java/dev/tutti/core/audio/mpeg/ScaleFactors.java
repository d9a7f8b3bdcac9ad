package dev.tutti.core.audio.mpeg;

import java.util.Arrays;

/**
 * The scale factors of one channel of layer III. Some may be kept from one granule to the next. In
 * the right channel of intensity stereo they are the directions of the bands that it leaves out.
 */
final class ScaleFactors {
  /** A band that has no direction. */
  static final int NO_DIRECTION = Integer.MAX_VALUE;

  private static final int BANDS = 39;
  private static final int GROUPS = 4;

  /** Bits of the lower and of the upper scale factors, by code (MPEG-1). */
  private static final int[][] WIDTHS = {
    {0, 0}, {0, 1}, {0, 2}, {0, 3}, {3, 0}, {1, 1}, {1, 2}, {1, 3},
    {2, 1}, {2, 2}, {2, 3}, {3, 1}, {3, 2}, {3, 3}, {4, 2}, {4, 3}
  };

  /** How many scale factors each group has, of long, mixed and short blocks (MPEG-1). */
  private static final int[][] COUNTS = {{6, 5, 5, 5}, {8, 9, 6, 12}, {9, 9, 6, 12}};

  /** The same at the lower rates, by the kind of code below. */
  private static final int[][][] LOW_COUNTS = {
    {{6, 5, 5, 5}, {6, 9, 9, 9}, {9, 9, 9, 9}},
    {{6, 5, 7, 3}, {6, 9, 12, 6}, {9, 9, 12, 6}},
    {{11, 10, 0, 0}, {15, 18, 0, 0}, {18, 18, 0, 0}},
    {{7, 7, 7, 0}, {6, 15, 12, 0}, {12, 12, 12, 0}},
    {{6, 6, 6, 3}, {6, 12, 9, 6}, {12, 9, 9, 6}},
    {{8, 8, 5, 0}, {6, 18, 9, 0}, {15, 12, 9, 0}}
  };

  /** Codes of the lower rates are numbers of mixed radix, of one kind after another. */
  private static final int[][] LOW_RADICES = {
    {5, 5, 4, 4}, {5, 5, 4, 1}, {4, 3, 1, 1}, {5, 6, 6, 1}, {4, 4, 4, 1}, {4, 3, 1, 1}
  };

  private static final int FIRST_KIND_OF_DIRECTIONS = 3;

  /** What raised upper bands have more, from band 11 on. */
  private static final int[] RAISES = {1, 1, 1, 1, 2, 2, 3, 3, 3, 2};

  private static final int FIRST_RAISED = 11;

  private final int[] values = new int[BANDS];
  private final int[] directions = new int[BANDS];

  void read(BitInput in, MpegHeader header, Granule granule, boolean areDirections) {
    int[] widths = new int[GROUPS];
    int blocks = !granule.bands.hasShort() ? 0 : granule.mixed ? 1 : 2;
    int[] counts;
    if (header.mpeg1()) {
      for (int group = 0; group < GROUPS; group++) {
        widths[group] = WIDTHS[granule.scaleCode][group / 2];
      }
      counts = COUNTS[blocks];
    } else {
      int kind = readWidths(granule.scaleCode, areDirections, widths);
      counts = LOW_COUNTS[kind][blocks];
    }
    int band = 0;
    for (int group = 0; group < GROUPS; group++) {
      boolean kept = (granule.kept & (8 >> group)) != 0;
      int illegal = header.mpeg1() ? 7 : widths[group] == 0 ? -1 : (1 << widths[group]) - 1;
      for (int i = 0; i < counts[group]; i++, band++) {
        if (!kept) {
          values[band] = in.read(widths[group]);
          directions[band] = values[band] == illegal ? NO_DIRECTION : values[band];
        }
      }
    }
    Arrays.fill(values, band, Math.min(BANDS, band + 3), 0);
  }

  /** The direction of a band; the last bands, which have none of their own, take the one before. */
  int direction(int band) {
    return directions[band];
  }

  /** By what the lines of each band are multiplied. */
  float[] gains(MpegHeader header, Granule granule, boolean areDirections) {
    ScaleFactorBands bands = granule.bands;
    // Codes of directions have no kind that raises.
    boolean raised = !bands.hasShort() && granule.raised && (header.mpeg1() || !areDirections);
    float[] gains = new float[bands.widths().length];
    for (int band = 0; band < gains.length; band++) {
      int steps = values[band];
      if (raised && band >= FIRST_RAISED) {
        steps += band - FIRST_RAISED < RAISES.length ? RAISES[band - FIRST_RAISED] : 0;
      }
      int quarters = granule.gain - 210 - (steps << granule.scaleShift);
      if (band >= bands.longBands()) {
        quarters -= 8 * granule.windowGains[(band - bands.longBands()) % 3];
      }
      gains[band] = (float) Math.pow(2, quarters / 4.0);
    }
    return gains;
  }

  /** Splits a code of the lower rates into bits a group; returns the code's kind. */
  private static int readWidths(int code, boolean areDirections, int[] widths) {
    int rest = areDirections ? code >> 1 : code;
    int kind = areDirections ? FIRST_KIND_OF_DIRECTIONS : 0;
    while (true) {
      int[] radices = LOW_RADICES[kind];
      int codes = Arrays.stream(radices).reduce(1, (a, b) -> a * b);
      if (rest < codes) {
        for (int group = GROUPS - 1; group >= 0; group--) {
          widths[group] = rest % radices[group];
          rest /= radices[group];
        }
        return kind;
      }
      rest -= codes;
      kind++;
    }
  }
}
