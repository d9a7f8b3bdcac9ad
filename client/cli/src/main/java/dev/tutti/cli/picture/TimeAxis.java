package dev.tutti.cli.picture;

import java.util.List;
import java.util.Locale;

/**
 * The time axis of a spectrogram: the clip from its start to its end. A frame is seen where it is
 * the nearest, so the first and the last, which are centred on the ends, are half as wide.
 *
 * @param frames how many, at least 1; the first is centred on 0 s
 * @param secondsPerFrame from one to the next, above 0
 * @param seconds the clip's length, above 0
 */
record TimeAxis(int frames, double secondsPerFrame, double seconds) {
  private static final int MOST_TICKS = 7;
  private static final int MINUTE = 60;
  private static final int HOUR = 3600;

  /** Steps of clips of a minute and longer, in seconds. */
  private static final int[] ROUND = {10, 15, 30, 60, 120, 300, 600, 900, 1800, HOUR};

  List<Tick> ticks() {
    double least = seconds / MOST_TICKS;
    double step = seconds < MINUTE ? Tick.step(least) : roundStep(least);
    List<Tick> inner = Tick.linear(0, seconds, step);
    Tick first = inner.get(0);
    Tick last = Tick.end(seconds, step);
    if (seconds >= MINUTE) {
      inner = inner.stream().map(this::asClock).toList();
      first = asClock(first);
      last = asClock(last);
    }
    return Tick.within(first, last, inner, tick -> place(tick.value()), TimeAxis::width);
  }

  private static double roundStep(double least) {
    for (int step : ROUND) {
      if (step >= least) {
        return step;
      }
    }
    return HOUR * Tick.step(least / HOUR);
  }

  private static double width(Tick tick) {
    return (double) (tick.text().length() + 1)
        * Canvas.LETTER_WIDTH
        / SpectrogramPicture.PLOT_WIDTH;
  }

  private Tick asClock(Tick tick) {
    long whole = Math.round(tick.value());
    String text =
        seconds < HOUR
            ? String.format(Locale.ROOT, "%d:%02d", whole / MINUTE, whole % MINUTE)
            : String.format(
                Locale.ROOT, "%d:%02d:%02d", whole / HOUR, whole % HOUR / MINUTE, whole % MINUTE);
    return new Tick(tick.value(), text);
  }

  /** What the numbers are. */
  String caption() {
    return seconds < MINUTE ? "s" : seconds < HOUR ? "min:s" : "h:min:s";
  }

  /** Where a time stands: 0 on the left of the axis, 1 on its right. */
  double place(double time) {
    return time / seconds;
  }

  /** The frames seen in a column: more than one where there are more frames than columns. */
  Span frames(int column, int columns) {
    int from = nearest(column * seconds / columns);
    int to = column == columns - 1 ? frames : nearest((column + 1) * seconds / columns);
    return new Span(from, Math.max(from + 1, to));
  }

  private int nearest(double time) {
    return (int) Math.min(frames - 1, Math.round(time / secondsPerFrame));
  }
}
