package dev.tutti.client.report;

import java.util.List;

/**
 * The axis of a spectrogram's frames, each as wide as the next and around its time.
 *
 * @param frames how many, at least 1; the first is around 0 s
 * @param secondsPerFrame from one to the next, above 0
 */
record TimeAxis(int frames, double secondsPerFrame) {
  private static final int MOST_TICKS = 8;

  List<Tick> ticks() {
    double step = Tick.step(frames * secondsPerFrame / MOST_TICKS);
    return Tick.linear(0, (frames - 1) * secondsPerFrame, step);
  }

  /** Where a time stands: 0 on the left of the axis, 1 on its right. */
  double place(double seconds) {
    return (seconds / secondsPerFrame + 0.5) / frames;
  }

  /** The frames seen in a column: more than one where there are more frames than columns. */
  Span frames(int column, int columns) {
    int from = (int) ((long) column * frames / columns);
    int to = (int) ((column + 1L) * frames / columns);
    return new Span(from, Math.max(from + 1, to));
  }
}
