package dev.tutti.core.audio.mpeg;

/**
 * Makes left and right of what joint stereo of layer III holds: sum and difference, or (intensity)
 * one signal with a direction for each band above the last that the second channel has.
 */
final class JointStereo {
  private static final int WINDOWS = 3;
  private static final float ROOT_HALF = (float) Math.sqrt(0.5);

  /** Directions of MPEG-1 go from right (0) to left (6). */
  private static final int CENTRE = 3;

  private static final int RIGHTMOST = 6;

  private final MpegHeader header;
  private final float[] left;
  private final float[] right;

  JointStereo(MpegHeader header, float[] left, float[] right) {
    this.header = header;
    this.left = left;
    this.right = right;
  }

  /**
   * Changes both channels' lines.
   *
   * @param granule the second channel's
   * @param directions the second channel's scale factors
   */
  void apply(Granule granule, ScaleFactors directions) {
    if (!header.intensity()) {
      if (header.midSide()) {
        midSide(0, ScaleFactorBands.LINES);
      }
      return;
    }
    ScaleFactorBands bands = granule.bands;
    int[] top = topBands(bands);
    int count = bands.widths().length;
    int line = 0;
    for (int band = 0; band < count; band++) {
      int end = line + bands.widths()[band];
      int direction = direction(directions, bands, band, top[band % WINDOWS]);
      if (band > top[band % WINDOWS] && direction != ScaleFactors.NO_DIRECTION) {
        intensity(line, end, direction, (granule.scaleCode & 1) + 1);
      } else if (header.midSide()) {
        midSide(line, end);
      }
      line = end;
    }
  }

  /** The last band of each window in which the second channel has anything; -1 for none. */
  private int[] topBands(ScaleFactorBands bands) {
    int[] top = {-1, -1, -1};
    int line = 0;
    for (int band = 0; band < bands.widths().length; band++) {
      for (int end = line + bands.widths()[band]; line < end; line++) {
        if (right[line] != 0) {
          top[band % WINDOWS] = band;
        }
      }
    }
    if (bands.longBands() > 0) {
      int highest = Math.max(top[0], Math.max(top[1], top[2]));
      return new int[] {highest, highest, highest};
    }
    return top;
  }

  /** The last band of a window has no direction of its own: it takes that of the one before. */
  private int direction(ScaleFactors directions, ScaleFactorBands bands, int band, int top) {
    int windows = bands.hasShort() ? WINDOWS : 1;
    int before = band - windows;
    if (band < bands.widths().length - windows) {
      return directions.direction(band);
    }
    if (top >= before) {
      return header.mpeg1() ? CENTRE : 0;
    }
    return directions.direction(before);
  }

  private void intensity(int from, int to, int direction, int quarters) {
    float toLeft = 1;
    float toRight = 1;
    if (header.mpeg1()) {
      double ratio = Math.tan(direction * Math.PI / 12);
      toLeft = direction >= RIGHTMOST ? 1 : (float) (ratio / (1 + ratio));
      toRight = 1 - toLeft;
    } else {
      float lower = (float) Math.pow(2, -quarters * ((direction + 1) / 2) / 4.0);
      toLeft = direction % 2 == 1 ? lower : 1;
      toRight = direction % 2 == 1 ? 1 : lower;
    }
    for (int line = from; line < to; line++) {
      right[line] = left[line] * toRight;
      left[line] *= toLeft;
    }
  }

  private void midSide(int from, int to) {
    for (int line = from; line < to; line++) {
      float sum = (left[line] + right[line]) * ROOT_HALF;
      right[line] = (left[line] - right[line]) * ROOT_HALF;
      left[line] = sum;
    }
  }
}
