package dev.tutti.core.audio;

/**
 * One window of a stream, as {@link SlidingWindows} makes them.
 *
 * <p>Its samples from {@code end - start} on are padding (silence).
 */
public final class AudioWindow {
  private final long index;
  private final long start;
  private final long end;
  private final float[] samples;

  AudioWindow(long index, long start, long end, float[] samples) {
    this.index = index;
    this.start = start;
    this.end = end;
    this.samples = samples;
  }

  /** The number of the window, from 0. */
  public long index() {
    return index;
  }

  /** The stream's sample at which the window starts. */
  public long start() {
    return start;
  }

  /** The stream's sample before which the window's real samples end. */
  public long end() {
    return end;
  }

  /** Whether the stream ended within this window, so that silence fills the rest. */
  public boolean isPadded() {
    return end - start < samples.length;
  }

  /** The window's own array, always of the full window length: callers must not write to it. */
  public float[] samples() {
    return samples;
  }
}
