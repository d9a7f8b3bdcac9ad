package dev.tutti.core.audio.mpeg;

/** Reads the 576 lines of one channel's granule of layer III: code words, then scale. */
final class Spectrum {
  private static final int LINES = ScaleFactorBands.LINES;

  /** The largest magnitude that a code word leaves open. */
  private static final int OPEN = 15;

  /** Magnitudes to the power of 4/3; the largest is 15 and 13 bits more. */
  private static final float[] POWERS = powers(OPEN + (1 << 13));

  private final int[] values = new int[LINES];

  /**
   * Reads lines in the order in which they stand in the file.
   *
   * @param end the index of the first bit behind them; four lines whose code reaches beyond are 0,
   *     as some encoders write one too many
   * @param gains by band
   * @throws DamagedFrameException where pairs of lines reach beyond, but not beyond a cut file
   */
  void read(BitInput in, int end, Granule granule, float[] gains, float[] lines)
      throws DamagedFrameException {
    int count = readPairs(in, end, granule);
    if (in.position() > end && in.holds(end)) {
      throw new DamagedFrameException("lines reach beyond their part");
    }
    count = readQuads(in, end, granule, count);
    in.seek(end);
    int[] widths = granule.bands.widths();
    int line = 0;
    for (int band = 0; band < widths.length; band++) {
      for (int last = line + widths[band]; line < last; line++) {
        int value = line < count ? values[line] : 0;
        lines[line] = value < 0 ? -POWERS[-value] * gains[band] : POWERS[value] * gains[band];
      }
    }
  }

  private int readPairs(BitInput in, int end, Granule granule) {
    int line = 0;
    for (int region = 0; region < granule.tables.length; region++) {
      int stop = 2 * granule.pairs;
      if (region < granule.regionStarts.length) {
        stop = Math.min(stop, granule.regionStarts[region]);
      }
      int number = granule.tables[region];
      HuffmanTable table = HuffmanTable.ofPairs(number);
      int extra = HuffmanTable.extraBits(number);
      while (line < stop) {
        int pair = table == null || in.position() >= end ? 0 : table.read(in);
        values[line++] = signed(in, pair >> 4, extra);
        values[line++] = signed(in, pair & 15, extra);
      }
    }
    return line;
  }

  private static int signed(BitInput in, int code, int extraBits) {
    int magnitude = code == OPEN ? code + in.read(extraBits) : code;
    return magnitude != 0 && in.flag() ? -magnitude : magnitude;
  }

  private int readQuads(BitInput in, int end, Granule granule, int first) {
    HuffmanTable table = HuffmanTable.ofQuads(granule.quadTable);
    int line = first;
    while (line + 4 <= LINES && in.position() < end) {
      int quad = table.read(in);
      for (int i = 0; i < 4; i++) {
        values[line + i] = ((quadBits(quad) >> (3 - i)) & 1) == 0 ? 0 : in.flag() ? -1 : 1;
      }
      if (in.position() > end) {
        return line;
      }
      line += 4;
    }
    return line;
  }

  /** Tables for four lines are written in rows of four. */
  private static int quadBits(int code) {
    return (code >> 4) * 4 + (code & 15);
  }

  private static float[] powers(int highest) {
    float[] powers = new float[highest + 1];
    for (int i = 0; i < powers.length; i++) {
      powers[i] = (float) Math.pow(i, 4.0 / 3);
    }
    return powers;
  }
}
