package dev.tutti.core.audio;

import java.util.Arrays;
import java.util.Objects;

/**
 * A reader over a decoder that works frame by frame: holds what a frame gave until it is asked for.
 */
public abstract class FrameReader implements AudioReader {
  private float[] samples = new float[4096];
  private int next;
  private int end;
  private boolean ended;

  /**
   * Decodes one more frame and hands each of its samples to {@link #add}; a frame may have none.
   *
   * @return false at the end of the audio, where nothing was added
   */
  protected abstract boolean readFrame();

  /** Takes a sample of the frame that is being decoded. */
  protected final void add(double sample) {
    if (end == samples.length) {
      samples = Arrays.copyOf(samples, 2 * end);
    }
    samples[end++] = (float) sample;
  }

  @Override
  public final int read(float[] block, int offset, int count) {
    Objects.checkFromIndexSize(offset, count, block.length);
    while (next == end && !ended && count > 0) {
      next = 0;
      end = 0;
      ended = !readFrame();
    }
    if (next == end && ended) {
      return -1;
    }
    int taken = Math.min(count, end - next);
    System.arraycopy(samples, next, block, offset, taken);
    next += taken;
    return taken;
  }
}
