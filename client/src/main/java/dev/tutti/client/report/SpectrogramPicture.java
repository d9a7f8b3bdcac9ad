package dev.tutti.client.report;

import dev.tutti.core.spectrogram.Spectrogram;

/**
 * A spectrogram as a picture: time to the right, frequency upwards on a logarithmic axis from 1/128
 * of the highest on, levels from dark to light over the range they have.
 */
public final class SpectrogramPicture {
  private static final int HEIGHT = 512;
  private static final int LEAST_WIDTH = 640;
  private static final double OCTAVES = 7;

  /** Black, purple, red, orange, pale yellow: equally spaced in lightness. */
  private static final int[] COLOURS = {0x000004, 0x51127C, 0xB73779, 0xFC8961, 0xFCFDBF};

  private SpectrogramPicture() {}

  /** The bytes of a PNG file. */
  public static byte[] png(Spectrogram spectrogram) {
    int frames = spectrogram.frames();
    int columns = Math.max(1, (LEAST_WIDTH + frames - 1) / frames);
    int width = Math.multiplyExact(frames, columns);
    float[] levels = spectrogram.values();
    float lowest = Float.POSITIVE_INFINITY;
    float highest = Float.NEGATIVE_INFINITY;
    for (float level : levels) {
      lowest = Math.min(lowest, level);
      highest = Math.max(highest, level);
    }
    int[] rgb = new int[Math.multiplyExact(width, HEIGHT)];
    for (int y = 0; y < HEIGHT; y++) {
      int bin = bin(y, spectrogram.bins());
      for (int x = 0; x < width; x++) {
        float level = levels[bin * frames + x / columns];
        double light = highest > lowest ? (level - lowest) / (highest - lowest) : 0;
        rgb[y * width + x] = colour(light);
      }
    }
    return PngFile.encode(width, HEIGHT, rgb);
  }

  /** The bin shown in a row, the highest on top. */
  private static int bin(int y, int bins) {
    double octavesBelow = OCTAVES * y / (HEIGHT - 1);
    return (int) Math.round((bins - 1) * Math.pow(2, -octavesBelow));
  }

  /** The colour of a lightness from 0 to 1, between its two neighbours. */
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
