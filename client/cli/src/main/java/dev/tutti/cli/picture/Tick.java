package dev.tutti.cli.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * A marked value of an axis.
 *
 * @param value in the axis' unit
 * @param text the value in as many decimals as its axis needs
 */
record Tick(double value, String text) {
  /** Of 1, 2 and 5 times a power of ten: fewer ticks than this are too few for an axis. */
  private static final int LEAST = 3;

  /** Steps of the linear ticks in their place, at most; two at least. */
  private static final int STEPS = 5;

  private static final int[] FACTORS = {1, 2, 5};

  /** All multiples of a step from {@code low} to {@code high}, both included. */
  static List<Tick> linear(double low, double high, double step) {
    int decimals = Math.max(0, -exponent(step));
    // A hair more at both ends, where the quotient of two rounded numbers may fall short.
    long first = (long) Math.ceil(low / step - 1e-9);
    long last = (long) Math.floor(high / step + 1e-9);
    List<Tick> ticks = new ArrayList<>();
    for (long i = first; i <= last; i++) {
      ticks.add(new Tick(i * step, text(i * step, decimals)));
    }
    return ticks;
  }

  /** The end of an axis whose ticks are a step apart, with one more decimal where it needs that. */
  static Tick end(double value, double step) {
    int decimals = Math.max(0, -exponent(step));
    double scaled = value * Math.pow(10, decimals);
    boolean exact = Math.abs(scaled - Math.rint(scaled)) < 1e-6 * Math.max(1, Math.abs(scaled));
    return new Tick(value, text(value, exact ? decimals : decimals + 1));
  }

  /**
   * The ticks of an axis with both its ends, so that a reader sees what the range is; those that
   * would touch an end, or the one before, are left out.
   *
   * @param place where a tick stands: 0 at the first, 1 at the last
   * @param size the room that its text takes, as a share of the axis
   */
  static List<Tick> within(
      Tick first,
      Tick last,
      List<Tick> inner,
      ToDoubleFunction<Tick> place,
      ToDoubleFunction<Tick> size) {
    List<Tick> ticks = new ArrayList<>(List.of(first));
    for (Tick tick : inner) {
      Tick before = ticks.get(ticks.size() - 1);
      double fromBefore = place.applyAsDouble(tick) - place.applyAsDouble(before);
      double toLast = place.applyAsDouble(last) - place.applyAsDouble(tick);
      double half = size.applyAsDouble(tick) / 2;
      if (fromBefore > half + size.applyAsDouble(before) / 2
          && toLast > half + size.applyAsDouble(last) / 2) {
        ticks.add(tick);
      }
    }
    ticks.add(last);
    return ticks;
  }

  /**
   * 1, 2 and 5 times all powers of ten from {@code low} to {@code high}, both above 0; where these
   * are close, multiples of a step.
   */
  static List<Tick> logarithmic(double low, double high) {
    List<Tick> ticks = new ArrayList<>();
    for (int exponent = exponent(low); Math.pow(10, exponent) <= high; exponent++) {
      for (int factor : FACTORS) {
        double value = factor * Math.pow(10, exponent);
        if (value >= low && value <= high) {
          ticks.add(new Tick(value, text(value, Math.max(0, -exponent))));
        }
      }
    }
    return ticks.size() < LEAST ? linear(low, high, step((high - low) / STEPS)) : ticks;
  }

  /** The least of 1, 2 and 5 times the powers of ten that is not below a number above 0. */
  static double step(double least) {
    double power = Math.pow(10, exponent(least));
    for (int factor : FACTORS) {
      if (factor * power >= least) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  private static int exponent(double value) {
    return (int) Math.floor(Math.log10(value) + 1e-9);
  }

  private static String text(double value, int decimals) {
    // Adding 0 makes -0 plain.
    return String.format(Locale.ROOT, "%." + decimals + "f", value + 0.0);
  }
}
