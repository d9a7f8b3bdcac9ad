package dev.tutti.core.audio;

import java.util.Objects;
import java.util.function.Consumer;

/**
 * Cuts a stream of samples into windows of equal length that start every {@code hop} samples. How
 * the stream is cut into chunks makes no difference to the windows.
 *
 * <p>A window is handed out with the sample that completes it. When the stream ends, samples that
 * no window holds yet go into one last window, padded with silence at its end. Memory is one
 * window, whatever the length of the stream. For one thread.
 */
public final class SlidingWindows {
  private final int length;
  private final int hop;
  private final float[] ring;
  private long received;
  private long windows;

  /**
   * Starts at sample 0.
   *
   * @param length of a window in samples, at least 1
   * @param hop from one window's start to the next in samples, at least 1; above {@code length},
   *     samples between windows are dropped
   * @throws IllegalArgumentException where either is less than 1
   */
  public SlidingWindows(int length, int hop) {
    if (length < 1 || hop < 1) {
      throw new IllegalArgumentException(
          "window length %d and hop %d must both be at least 1 sample".formatted(length, hop));
    }
    this.length = length;
    this.hop = hop;
    this.ring = new float[length];
  }

  /** Takes the next samples of the stream and hands on each window they complete, in order. */
  public void add(float[] samples, Consumer<? super AudioWindow> sink) {
    add(samples, 0, samples.length, sink);
  }

  /**
   * Takes the next {@code count} samples, from {@code offset} on.
   *
   * @throws IndexOutOfBoundsException where the array has no such samples
   */
  public void add(float[] samples, int offset, int count, Consumer<? super AudioWindow> sink) {
    Objects.checkFromIndexSize(offset, count, samples.length);
    int next = offset;
    int end = offset + count;
    while (next < end) {
      long missing = nextStart() + length - received;
      int piece = (int) Math.min(Math.min(end - next, missing), freeToRingEnd());
      System.arraycopy(samples, next, ring, ringIndex(received), piece);
      next += piece;
      received += piece;
      if (piece == missing) {
        sink.accept(window(received));
      }
    }
  }

  /** Ends the stream: hands on the padded last window where samples are left over. */
  public void finish(Consumer<? super AudioWindow> sink) {
    long covered = windows == 0 ? 0 : nextStart() - hop + length;
    if (received > covered && received > nextStart()) {
      sink.accept(window(received));
    }
  }

  private AudioWindow window(long end) {
    long start = nextStart();
    int real = (int) (end - start);
    float[] samples = new float[length];
    int first = ringIndex(start);
    int head = Math.min(real, length - first);
    System.arraycopy(ring, first, samples, 0, head);
    System.arraycopy(ring, 0, samples, head, real - head);
    return new AudioWindow(windows++, start, end, samples);
  }

  private long nextStart() {
    return windows * hop;
  }

  private int ringIndex(long sample) {
    return (int) (sample % length);
  }

  private int freeToRingEnd() {
    return length - ringIndex(received);
  }
}
