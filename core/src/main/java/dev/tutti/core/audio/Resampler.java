package dev.tutti.core.audio;

/**
 * Changes the sample rate by a windowed-sinc filter evaluated at the output's instants (polyphase).
 *
 * <p>Output sample m stands at the instant of input sample m; the output has {@code ceil(n * to /
 * from)} samples. Samples beyond the ends count as zero. The filter is a sinc of {@value
 * #ZERO_CROSSINGS} zero crossings a side under a Kaiser window with {@value #BETA} as beta: about
 * 90 dB down in the stop band. It passes 0.86 of the lower of the two Nyquist frequencies unchanged
 * and stops everything above that frequency (J. O. Smith, "Digital Audio Resampling", CCRMA, and
 * Kaiser's design formulas).
 *
 * <p>With from/to in lowest terms D/U there are U different instants between two input samples.
 * Where U is up to {@value #MAX_PHASES}, each has its own exact filter; beyond that, filters of
 * {@value #MAX_PHASES} instants are interpolated linearly, whose error is below -90 dB.
 *
 * <p>{@link AudioReader#resampled} does the same block by block.
 *
 * <p>Immutable; safe for any number of threads.
 */
public final class Resampler {
  private static final int ZERO_CROSSINGS = 40;
  private static final double BETA = 9;
  private static final double CUTOFF = 0.93;
  private static final int MAX_PHASES = 320;

  /** Output sample m stands at input instant m * down / up. */
  private final int up;

  private final int down;
  private final int phases;
  private final int taps;

  /** Filter p, for an instant p / phases after an input sample: phases + 1 rows of taps. */
  private final double[] filters;

  /**
   * A resampler between two rates in Hz.
   *
   * @throws InvalidAudioException where a rate is outside 4,000..192,000
   */
  public Resampler(int fromRate, int toRate) {
    AudioClip.checkSampleRate(fromRate);
    AudioClip.checkSampleRate(toRate);
    int divisor = greatestCommonDivisor(fromRate, toRate);
    up = toRate / divisor;
    down = fromRate / divisor;
    phases = Math.min(up, MAX_PHASES);
    double scale = Math.max(1.0, (double) fromRate / toRate);
    int reach = (int) Math.ceil(ZERO_CROSSINGS * scale);
    // A multiple of 4, for the four sums of the inner loop.
    taps = (2 * reach + 3) / 4 * 4;
    filters = new double[(phases + 1) * taps];
    for (int p = 0; p <= phases; p++) {
      for (int t = 0; t < taps; t++) {
        double distance = t - (taps / 2 - 1) - (double) p / phases;
        filters[p * taps + t] = impulseResponse(distance / scale) / scale;
      }
    }
  }

  /** The filter's response at a distance in samples of the lower rate. */
  private static double impulseResponse(double distance) {
    double position = distance / ZERO_CROSSINGS;
    if (Math.abs(position) >= 1) {
      return 0;
    }
    double angle = Math.PI * CUTOFF * distance;
    double sinc = distance == 0 ? 1 : Math.sin(angle) / angle;
    return CUTOFF * sinc * besselI0(BETA * Math.sqrt(1 - position * position)) / besselI0(BETA);
  }

  /** The modified Bessel function of the first kind and order 0, by its power series. */
  private static double besselI0(double x) {
    double sum = 1;
    double term = 1;
    for (int k = 1; term > sum * 1e-17; k++) {
      term *= (x / (2 * k)) * (x / (2 * k));
      sum += term;
    }
    return sum;
  }

  /**
   * Resamples a whole clip.
   *
   * @return {@code ceil(samples.length * to / from)} samples
   * @throws InvalidAudioException where that exceeds what an array can hold
   */
  public float[] resample(float[] samples) {
    long length = length(samples.length);
    if (length > Integer.MAX_VALUE - taps) {
      throw new InvalidAudioException(
          "%d samples become %d when resampled, more than can be held"
              .formatted(samples.length, length));
    }
    double[] padded = pad(samples);
    float[] out = new float[(int) length];
    for (int m = 0; m < out.length; m++) {
      out[m] = at(m, padded, 0);
    }
    return out;
  }

  /** How many samples so many become. */
  long length(long samples) {
    return (samples * up + down - 1) / down;
  }

  /** How many samples the filter covers. */
  int taps() {
    return taps;
  }

  /** By how many zeros the filter reaches over the first sample. */
  int reach() {
    return taps / 2 - 1;
  }

  /** The first of the {@link #taps} samples, after {@link #reach} zeros, that make output m. */
  long start(long m) {
    return m * down / up;
  }

  /**
   * Output m.
   *
   * @param padded the samples after {@link #reach} zeros, from number {@code first} on
   */
  float at(long m, double[] padded, long first) {
    long step = m * down;
    int start = (int) (step / up - first);
    long instant = step % up * phases;
    int row = (int) (instant / up) * taps;
    double y = dot(padded, start, row);
    long rest = instant % up;
    if (rest != 0) {
      y += (dot(padded, start, row + taps) - y) * rest / up;
    }
    return (float) y;
  }

  /** The samples in double, with zeros for the filter to reach over both ends. */
  private double[] pad(float[] samples) {
    double[] padded = new double[samples.length + taps];
    for (int i = 0; i < samples.length; i++) {
      padded[reach() + i] = samples[i];
    }
    return padded;
  }

  private double dot(double[] x, int start, int row) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    for (int t = 0; t < taps; t += 4) {
      sum0 += x[start + t] * filters[row + t];
      sum1 += x[start + t + 1] * filters[row + t + 1];
      sum2 += x[start + t + 2] * filters[row + t + 2];
      sum3 += x[start + t + 3] * filters[row + t + 3];
    }
    return sum0 + sum1 + (sum2 + sum3);
  }

  private static int greatestCommonDivisor(int a, int b) {
    return b == 0 ? a : greatestCommonDivisor(b, a % b);
  }
}
