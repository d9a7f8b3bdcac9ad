package dev.tutti.cli.picture;

import java.util.Arrays;
import java.util.List;

/**
 * A logarithmic axis of a spectrogram's frequencies: up to the highest, down to the lowest above 0
 * or {@value #OCTAVES} octaves, whichever is higher.
 */
public final class FrequencyAxis {
  private static final int OCTAVES = 8;

  /** Ends below this many hertz are told to a tenth. */
  private static final double FINE = 10;

  private final double[] hertz;
  private final String caption;
  private final double low;
  private final double high;

  private FrequencyAxis(double[] hertz, String caption) {
    this.hertz = hertz;
    this.caption = caption;
    double highest = hertz[hertz.length - 1];
    double lowest = highest;
    for (double frequency : hertz) {
      lowest = frequency > 0 ? Math.min(lowest, frequency) : lowest;
    }
    // A frequency alone stands in the middle of an octave.
    double margin = lowest < highest ? 1 : Math.sqrt(2);
    this.low = Math.max(lowest / margin, highest * Math.pow(2, -OCTAVES));
    this.high = highest * margin;
  }

  /**
   * The axis of a spectrogram whose bins have these frequencies.
   *
   * @param hertz the bins' middles, ascending, the last above 0; taken, not copied
   * @param caption what the numbers are, such as Hz
   * @throws IllegalArgumentException where there are none above 0
   */
  public static FrequencyAxis of(double[] hertz, String caption) {
    if (hertz.length == 0 || !(hertz[hertz.length - 1] > 0)) {
      throw new IllegalArgumentException("an axis needs a frequency above 0 Hz");
    }
    return new FrequencyAxis(hertz, caption);
  }

  String caption() {
    return caption;
  }

  int bins() {
    return hertz.length;
  }

  List<Tick> ticks() {
    return Tick.within(
        end(low),
        end(high),
        Tick.logarithmic(low, high),
        tick -> height(tick.value()),
        tick -> SpectrogramPicture.LINE_SHARE);
  }

  /** To a hertz, or less where that would be coarse. */
  private static Tick end(double hertz) {
    return hertz < FINE ? Tick.end(hertz, 1) : new Tick(hertz, String.valueOf(Math.round(hertz)));
  }

  /** How high a frequency stands: 0 at the foot of the axis, 1 at its top. */
  double height(double frequency) {
    return Math.log(frequency / low) / Math.log(high / low);
  }

  /** The bins seen between two heights: those whose middle lies there, otherwise the nearest. */
  Span bins(double lower, double upper) {
    int from = firstAtLeast(frequency(lower));
    int to = firstAtLeast(frequency(upper));
    if (from < to) {
      return new Span(from, to);
    }
    double middle = frequency((lower + upper) / 2);
    int above = Math.min(firstAtLeast(middle), hertz.length - 1);
    int below = Math.max(above - 1, 0);
    int nearest = middle - hertz[below] < hertz[above] - middle ? below : above;
    return new Span(nearest, nearest + 1);
  }

  private double frequency(double height) {
    return low * Math.pow(high / low, height);
  }

  private int firstAtLeast(double frequency) {
    int place = Arrays.binarySearch(hertz, frequency);
    return place < 0 ? -place - 1 : place;
  }
}
