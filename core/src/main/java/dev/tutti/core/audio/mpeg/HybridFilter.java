package dev.tutti.core.audio.mpeg;

import java.util.Arrays;

/**
 * Makes 18 samples of each of 32 subbands of the 576 lines of one channel's granule (ISO/IEC
 * 11172-3, 2.4.3.4.9 and 10): lines of short blocks are put in order, aliases between subbands
 * cancelled, and the inverse modified cosine transforms added where they overlap.
 */
final class HybridFilter {
  private static final int SUBBANDS = SynthesisFilter.SUBBANDS;
  private static final int TIMES = 18;
  private static final int SHORT_LINES = 6;
  private static final int WINDOWS = 3;
  private static final int MIXED_SUBBANDS = 2;

  /** Table 3-B.9. */
  private static final double[] ALIASES = {
    -0.6, -0.535, -0.33, -0.185, -0.095, -0.041, -0.0142, -0.0037
  };

  private static final float[] OWN = new float[ALIASES.length];
  private static final float[] OTHER = new float[ALIASES.length];

  static {
    for (int i = 0; i < ALIASES.length; i++) {
      double norm = Math.sqrt(1 + ALIASES[i] * ALIASES[i]);
      OWN[i] = (float) (1 / norm);
      OTHER[i] = (float) (ALIASES[i] / norm);
    }
  }

  private static final float[][] LONG = transform(2 * TIMES);
  private static final float[][] SHORT = transform(2 * SHORT_LINES);
  private static final float[][] SHAPES = shapes();

  private final float[][] overlaps = new float[SUBBANDS][TIMES];
  private final float[] ordered = new float[ScaleFactorBands.LINES];
  private final float[] block = new float[2 * TIMES];

  /**
   * Adds samples times a weight to those in {@code slots}, from a slot on.
   *
   * @param lines in the order in which they stand in the file; changed
   * @param slots [time][subband]
   */
  void filter(Granule granule, float[] lines, float[][] slots, int first, float weight) {
    int longSubbands = granule.bands.longLines() / TIMES;
    float[] line = order(granule.bands, lines);
    cancelAliases(line, longSubbands);
    for (int subband = 0; subband < SUBBANDS; subband++) {
      int type = granule.mixed && subband < MIXED_SUBBANDS ? 0 : granule.blockType;
      if (subband >= longSubbands) {
        shortBlocks(line, subband * TIMES);
      } else {
        longBlock(line, subband * TIMES, type == Granule.SHORT ? 0 : type);
      }
      add(subband, slots, first, weight);
    }
  }

  /** What a granule without lines leaves: the end of the one before. */
  void silence(float[][] slots, int first, float weight) {
    Arrays.fill(block, 0);
    for (int subband = 0; subband < SUBBANDS; subband++) {
      add(subband, slots, first, weight);
    }
  }

  /** Goes on where two filters' mean would. */
  void merge(HybridFilter other) {
    for (int subband = 0; subband < SUBBANDS; subband++) {
      for (int i = 0; i < TIMES; i++) {
        overlaps[subband][i] = (overlaps[subband][i] + other.overlaps[subband][i]) / 2;
      }
    }
  }

  /** Goes on where another does. */
  void copy(HybridFilter other) {
    for (int subband = 0; subband < SUBBANDS; subband++) {
      System.arraycopy(other.overlaps[subband], 0, overlaps[subband], 0, TIMES);
    }
  }

  /** Lines of short blocks stand by window in each band; here they are brought together. */
  private float[] order(ScaleFactorBands bands, float[] lines) {
    if (!bands.hasShort()) {
      return lines;
    }
    int start = bands.longLines();
    System.arraycopy(lines, 0, ordered, 0, start);
    for (int band = bands.longBands(); band < bands.widths().length; band += WINDOWS) {
      int width = bands.widths()[band];
      for (int i = 0; i < WINDOWS * width; i++) {
        ordered[start + i] = lines[start + i % WINDOWS * width + i / WINDOWS];
      }
      start += WINDOWS * width;
    }
    return ordered;
  }

  private static void cancelAliases(float[] lines, int longSubbands) {
    for (int border = TIMES; border < longSubbands * TIMES; border += TIMES) {
      for (int i = 0; i < ALIASES.length; i++) {
        float below = lines[border - 1 - i];
        float above = lines[border + i];
        lines[border - 1 - i] = below * OWN[i] - above * OTHER[i];
        lines[border + i] = above * OWN[i] + below * OTHER[i];
      }
    }
  }

  private void longBlock(float[] lines, int start, int type) {
    float[] shape = SHAPES[type];
    for (int i = 0; i < TIMES; i++) {
      float sum = 0;
      for (int k = 0; k < TIMES; k++) {
        sum += lines[start + k] * LONG[i][k];
      }
      unfold(sum, i, TIMES, shape, 0);
    }
  }

  private void shortBlocks(float[] lines, int start) {
    Arrays.fill(block, 0);
    for (int window = 0; window < WINDOWS; window++) {
      for (int i = 0; i < SHORT_LINES; i++) {
        float sum = 0;
        for (int k = 0; k < SHORT_LINES; k++) {
          sum += lines[start + WINDOWS * k + window] * SHORT[i][k];
        }
        unfold(sum, i, SHORT_LINES, SHAPES[Granule.SHORT], SHORT_LINES * (window + 1));
      }
    }
  }

  /**
   * The transform's first half is odd about its middle and its second half even: of n results, n /
   * 2 are computed, the quarters 1 and 3.
   */
  private void unfold(float value, int i, int lines, float[] shape, int offset) {
    int half = lines / 2;
    boolean first = i < half;
    int at = first ? i : i + half;
    int mirror = first ? lines - 1 - i : 3 * lines - 1 - at;
    boolean adds = lines == SHORT_LINES;
    float before = adds ? block[offset + at] : 0;
    float beforeMirror = adds ? block[offset + mirror] : 0;
    block[offset + at] = before + value * shape[at];
    block[offset + mirror] = beforeMirror + (first ? -value : value) * shape[mirror];
  }

  private void add(int subband, float[][] slots, int first, float weight) {
    float[] overlap = overlaps[subband];
    for (int time = 0; time < TIMES; time++) {
      float sample = block[time] + overlap[time];
      overlap[time] = block[TIMES + time];
      // Every other subband is upside down.
      slots[first + time][subband] +=
          (subband & time & 1) == 1 ? -sample * weight : sample * weight;
    }
  }

  /** The rows of quarters 1 and 3 of an inverse transform to {@code n} samples. */
  private static float[][] transform(int n) {
    int lines = n / 2;
    float[][] rows = new float[lines][lines];
    for (int row = 0; row < lines; row++) {
      int i = row < lines / 2 ? row : row + lines / 2;
      for (int k = 0; k < lines; k++) {
        rows[row][k] = (float) Math.cos(Math.PI / (2 * n) * (2 * i + 1 + lines) * (2 * k + 1));
      }
    }
    return rows;
  }

  /** The windows of the four types of blocks. */
  private static float[][] shapes() {
    float[][] shapes = new float[4][2 * TIMES];
    for (int i = 0; i < 2 * TIMES; i++) {
      float wide = (float) Math.sin(Math.PI / 36 * (i + 0.5));
      shapes[0][i] = wide;
      shapes[1][i] = i < 18 ? wide : i < 24 ? 1 : i < 30 ? narrow(i - 18) : 0;
      shapes[3][i] = i < 6 ? 0 : i < 12 ? narrow(i - 6) : i < 18 ? 1 : wide;
      shapes[Granule.SHORT][i] = i < 2 * SHORT_LINES ? narrow(i) : 0;
    }
    return shapes;
  }

  private static float narrow(int i) {
    return (float) Math.sin(Math.PI / 12 * (i + 0.5));
  }
}
