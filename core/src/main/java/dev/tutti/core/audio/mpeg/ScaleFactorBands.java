package dev.tutti.core.audio.mpeg;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The bands in which layer III scales its 576 lines, by sample rate (ISO/IEC 11172-3, table 3-B.8;
 * ISO/IEC 13818-3, table B.2).
 */
final class ScaleFactorBands {
  static final int LINES = 576;

  /** All lines are in long blocks, in short ones, or the lowest in long and the others in short. */
  private record Kinds(ScaleFactorBands all, ScaleFactorBands none, ScaleFactorBands some) {}

  private static final int WINDOWS = 3;

  /** Where short blocks begin in mixed ones, as a band of short blocks. */
  private static final int FIRST_SHORT = 3;

  private static final int MIXED_LONG_OF_MPEG1 = 8;
  private static final int MIXED_LONG = 6;

  private static final int[] LONG_LOW = {
    6, 6, 6, 6, 6, 6, 8, 10, 12, 14, 16, 20, 24, 28, 32, 38, 46, 52, 60, 68, 58, 54
  };
  private static final int[] SHORT_LOW = {4, 4, 4, 6, 8, 10, 12, 14, 18, 24, 30, 40, 18};
  private static final int[] LONG_8 = {
    12, 12, 12, 12, 12, 12, 16, 20, 24, 28, 32, 40, 48, 56, 64, 76, 90, 2, 2, 2, 2, 2
  };
  private static final int[] SHORT_8 = {8, 8, 8, 12, 16, 20, 24, 28, 36, 2, 2, 2, 26};
  private static final int[] SHORT_22 = {4, 4, 4, 6, 6, 8, 10, 14, 18, 26, 32, 42, 18};
  private static final int[] LONG_24 = {
    6, 6, 6, 6, 6, 6, 8, 10, 12, 14, 16, 18, 22, 26, 32, 38, 46, 54, 62, 70, 76, 36
  };
  private static final int[] SHORT_24 = {4, 4, 4, 6, 8, 10, 12, 14, 18, 24, 32, 44, 12};
  private static final int[] LONG_32 = {
    4, 4, 4, 4, 4, 4, 6, 6, 8, 10, 12, 16, 20, 24, 30, 38, 46, 56, 68, 84, 102, 26
  };
  private static final int[] SHORT_32 = {4, 4, 4, 4, 6, 8, 12, 16, 20, 26, 34, 42, 12};
  private static final int[] LONG_44 = {
    4, 4, 4, 4, 4, 4, 6, 6, 8, 8, 10, 12, 16, 20, 24, 28, 34, 42, 50, 54, 76, 158
  };
  private static final int[] SHORT_44 = {4, 4, 4, 4, 6, 8, 10, 12, 14, 18, 22, 30, 56};
  private static final int[] LONG_48 = {
    4, 4, 4, 4, 4, 4, 6, 6, 6, 8, 10, 12, 16, 18, 22, 28, 34, 40, 46, 54, 54, 192
  };
  private static final int[] SHORT_48 = {4, 4, 4, 4, 6, 6, 10, 12, 14, 16, 20, 26, 66};

  private static final Kinds LOW = kinds(LONG_LOW, SHORT_LOW, MIXED_LONG);
  private static final Kinds OF_8 = kinds(LONG_8, SHORT_8, MIXED_LONG);
  private static final Kinds OF_22 = kinds(LONG_LOW, SHORT_22, MIXED_LONG);
  private static final Kinds OF_24 = kinds(LONG_24, SHORT_24, MIXED_LONG);
  private static final Kinds OF_32 = kinds(LONG_32, SHORT_32, MIXED_LONG_OF_MPEG1);
  private static final Kinds OF_44 = kinds(LONG_44, SHORT_44, MIXED_LONG_OF_MPEG1);
  private static final Kinds OF_48 = kinds(LONG_48, SHORT_48, MIXED_LONG_OF_MPEG1);

  private final int[] widths;
  private final int longBands;

  private ScaleFactorBands(int[] widths, int longBands) {
    this.widths = widths;
    this.longBands = longBands;
  }

  /** The bands of long blocks, whatever the block in hand is. */
  static ScaleFactorBands longBlocks(int sampleRate) {
    return kinds(sampleRate).all;
  }

  static ScaleFactorBands shortBlocks(int sampleRate, boolean mixed) {
    return mixed ? kinds(sampleRate).some : kinds(sampleRate).none;
  }

  /**
   * Lines of each band, those of long blocks first; of short blocks every width stands three times,
   * for the three windows. Not to be changed.
   */
  int[] widths() {
    return widths;
  }

  /** How many bands are of long blocks. */
  int longBands() {
    return longBands;
  }

  /** Lines that are in long blocks. */
  int longLines() {
    return Arrays.stream(widths, 0, longBands).sum();
  }

  boolean hasShort() {
    return longBands < widths.length;
  }

  /** The first line of a band. */
  int start(int band) {
    return Arrays.stream(widths, 0, band).sum();
  }

  private static Kinds kinds(int sampleRate) {
    return switch (sampleRate) {
      case 8_000 -> OF_8;
      case 22_050 -> OF_22;
      case 24_000 -> OF_24;
      case 32_000 -> OF_32;
      case 44_100 -> OF_44;
      case 48_000 -> OF_48;
      default -> LOW;
    };
  }

  private static Kinds kinds(int[] wide, int[] narrow, int mixedLong) {
    int[] threefold =
        IntStream.range(0, WINDOWS * narrow.length).map(i -> narrow[i / WINDOWS]).toArray();
    int[] mixed =
        IntStream.concat(
                Arrays.stream(wide, 0, mixedLong),
                Arrays.stream(threefold, WINDOWS * FIRST_SHORT, threefold.length))
            .toArray();
    return new Kinds(
        new ScaleFactorBands(wide, wide.length),
        new ScaleFactorBands(threefold, 0),
        new ScaleFactorBands(mixed, mixedLong));
  }
}
