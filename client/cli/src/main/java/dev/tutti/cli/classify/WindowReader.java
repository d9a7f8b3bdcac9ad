package dev.tutti.cli.classify;

import dev.tutti.core.audio.AudioClip;
import dev.tutti.core.audio.AudioReader;
import java.util.Arrays;
import java.util.Optional;

/**
 * Cuts a recording into the windows that are classified, one after the other. Memory is that of two
 * windows, however long the recording is.
 */
final class WindowReader {
  /**
   * A rest shorter than this share of a window after the last whole one is no window of its own.
   */
  private static final double SMALLEST_REST = 0.25;

  private final AudioReader reader;
  private final int windowLength;
  private float[] next;
  private long windows;

  /**
   * @param seconds of a window
   */
  WindowReader(AudioReader reader, double seconds) {
    this.reader = reader;
    this.windowLength = (int) Math.round(seconds * reader.sampleRate());
    this.next = read();
  }

  /** The next window; empty at the end. */
  Optional<Window> next() {
    float[] samples = next;
    if (samples.length == 0) {
      return Optional.empty();
    }
    next = samples.length < windowLength ? new float[0] : read();
    double unheard = 0;
    if (next.length < SMALLEST_REST * windowLength) {
      unheard = (double) next.length / reader.sampleRate();
      next = new float[0];
    }
    double start = (double) windows * windowLength / reader.sampleRate();
    boolean alone = windows == 0 && next.length == 0;
    windows++;
    return Optional.of(
        new Window(AudioClip.of(samples, reader.sampleRate()), start, alone, unheard));
  }

  private float[] read() {
    float[] window = new float[windowLength];
    int length = 0;
    while (length < windowLength) {
      int count = reader.read(window, length, windowLength - length);
      if (count < 0) {
        return Arrays.copyOf(window, length);
      }
      length += count;
    }
    return window;
  }
}
