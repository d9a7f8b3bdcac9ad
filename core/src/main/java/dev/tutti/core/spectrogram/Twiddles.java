package dev.tutti.core.spectrogram;

/**
 * The factors exp(-2 pi i k / n) of a transform of n numbers, for k below n.
 *
 * @param cos their real parts
 * @param sin their imaginary parts
 */
@SuppressWarnings("ArrayRecordComponent") // two tables, made once and read
record Twiddles(double[] cos, double[] sin) {
  static Twiddles of(int n) {
    Twiddles twiddles = new Twiddles(new double[n], new double[n]);
    for (int k = 0; k < n; k++) {
      twiddles.cos[k] = Math.cos(2 * Math.PI * k / n);
      twiddles.sin[k] = -Math.sin(2 * Math.PI * k / n);
    }
    return twiddles;
  }
}
