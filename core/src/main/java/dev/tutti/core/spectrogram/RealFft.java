package dev.tutti.core.spectrogram;

/**
 * The discrete Fourier transform of n real numbers, n a power of two from 4 on, in double
 * precision.
 *
 * <p>The even and odd samples are taken as real and imaginary parts of n/2 complex numbers, whose
 * transform Z gives the wanted one, with w = exp(-2 pi i / n), as
 *
 * <pre>X[k] = (Z[k] + conj Z[n/2-k]) / 2 - i w^k (Z[k] - conj Z[n/2-k]) / 2</pre>
 *
 * <p>(Press et al., Numerical Recipes, "FFT of real functions"). The complex transform is
 * Stockham's autosort form with radix 4 and, where n/2 is no power of 4, one last step of radix 2:
 * it needs no bit reversal, and its late steps run over long stretches of memory (Van Loan,
 * Computational Frameworks for the Fast Fourier Transform, 1992, chapter 1.7).
 *
 * <p>Holds only tables; any number of threads may share one, each with an {@link FftWorkspace}.
 */
final class RealFft {
  /** From this stride on, the butterflies of one twiddle are enough for a vectorised loop. */
  private static final int WIDE = 16;

  private final int half;

  /** cos and -sin of 2 pi k / n for k below n. */
  private final double[] cos;

  private final double[] sin;

  RealFft(int n) {
    half = n / 2;
    Twiddles twiddles = Twiddles.of(n);
    cos = twiddles.cos();
    sin = twiddles.sin();
  }

  /** Transforms the workspace's samples into its bins. */
  void transform(FftWorkspace w) {
    int stride = 1;
    for (; stride * 4 <= half; stride *= 4) {
      if (stride < WIDE) {
        narrowStep(w, stride);
      } else {
        wideStep(w, stride);
      }
      w.swap();
    }
    if (stride < half) {
      lastStepOfTwo(w.re, w.im, w.otherRe, w.otherIm, stride);
      w.swap();
    }
    untangle(w.re, w.im);
  }

  /** One radix-4 step with few butterflies a twiddle: the inner loop runs over the twiddles. */
  private void narrowStep(FftWorkspace w, int stride) {
    double[] xr = w.re;
    double[] xi = w.im;
    double[] yr = w.otherRe;
    double[] yi = w.otherIm;
    int quarter = half / 4;
    int twiddleStep = 2 * stride;
    for (int q = 0; q < stride; q++) {
      for (int in = q, out = q, t = 0;
          in < quarter;
          in += stride, out += 4 * stride, t += twiddleStep) {
        double sumAcR = xr[in] + xr[in + 2 * quarter];
        double sumAcI = xi[in] + xi[in + 2 * quarter];
        double difAcR = xr[in] - xr[in + 2 * quarter];
        double difAcI = xi[in] - xi[in + 2 * quarter];
        double sumBdR = xr[in + quarter] + xr[in + 3 * quarter];
        double sumBdI = xi[in + quarter] + xi[in + 3 * quarter];
        double difBdR = xr[in + quarter] - xr[in + 3 * quarter];
        double difBdI = xi[in + quarter] - xi[in + 3 * quarter];
        yr[out] = sumAcR + sumBdR;
        yi[out] = sumAcI + sumBdI;
        double r = difAcR + difBdI;
        double i = difAcI - difBdR;
        yr[out + stride] = r * cos[t] - i * sin[t];
        yi[out + stride] = r * sin[t] + i * cos[t];
        r = sumAcR - sumBdR;
        i = sumAcI - sumBdI;
        yr[out + 2 * stride] = r * cos[2 * t] - i * sin[2 * t];
        yi[out + 2 * stride] = r * sin[2 * t] + i * cos[2 * t];
        r = difAcR - difBdI;
        i = difAcI + difBdR;
        yr[out + 3 * stride] = r * cos[3 * t] - i * sin[3 * t];
        yi[out + 3 * stride] = r * sin[3 * t] + i * cos[3 * t];
      }
    }
  }

  /** One radix-4 step with many butterflies a twiddle: the inner loop runs over the butterflies. */
  private void wideStep(FftWorkspace w, int stride) {
    for (int in = 0, t = 0; in < half / 4; in += stride, t += 2 * stride) {
      butterflies(w.re, w.im, w.otherRe, w.otherIm, in, stride, t);
    }
  }

  private void butterflies(
      double[] xr, double[] xi, double[] yr, double[] yi, int in, int stride, int t) {
    int b = half / 4;
    int c = 2 * b;
    int d = 3 * b;
    double cos1 = cos[t];
    double sin1 = sin[t];
    double cos2 = cos[2 * t];
    double sin2 = sin[2 * t];
    double cos3 = cos[3 * t];
    double sin3 = sin[3 * t];
    int out = 3 * in;
    for (int k = in; k < in + stride; k++) {
      double sumAcR = xr[k] + xr[k + c];
      double sumAcI = xi[k] + xi[k + c];
      double difAcR = xr[k] - xr[k + c];
      double difAcI = xi[k] - xi[k + c];
      double sumBdR = xr[k + b] + xr[k + d];
      double sumBdI = xi[k + b] + xi[k + d];
      double difBdR = xr[k + b] - xr[k + d];
      double difBdI = xi[k + b] - xi[k + d];
      yr[out + k] = sumAcR + sumBdR;
      yi[out + k] = sumAcI + sumBdI;
      double r1 = difAcR + difBdI;
      double i1 = difAcI - difBdR;
      yr[out + k + stride] = r1 * cos1 - i1 * sin1;
      yi[out + k + stride] = r1 * sin1 + i1 * cos1;
      double r2 = sumAcR - sumBdR;
      double i2 = sumAcI - sumBdI;
      yr[out + k + 2 * stride] = r2 * cos2 - i2 * sin2;
      yi[out + k + 2 * stride] = r2 * sin2 + i2 * cos2;
      double r3 = difAcR - difBdI;
      double i3 = difAcI + difBdR;
      yr[out + k + 3 * stride] = r3 * cos3 - i3 * sin3;
      yi[out + k + 3 * stride] = r3 * sin3 + i3 * cos3;
    }
  }

  private static void lastStepOfTwo(
      double[] xr, double[] xi, double[] yr, double[] yi, int stride) {
    for (int k = 0; k < stride; k++) {
      yr[k] = xr[k] + xr[k + stride];
      yi[k] = xi[k] + xi[k + stride];
      yr[k + stride] = xr[k] - xr[k + stride];
      yi[k + stride] = xi[k] - xi[k + stride];
    }
  }

  /** Z, of samples already halved, into X, bins k and n/2 - k together. */
  void untangle(double[] re, double[] im) {
    double zeroRe = re[0];
    double zeroIm = im[0];
    for (int k = 1, m = half - 1; k <= m; k++, m--) {
      double sumR = re[k] + re[m];
      double sumI = im[k] - im[m];
      double difR = re[k] - re[m];
      double difI = im[k] + im[m];
      double oddR = difR * sin[k] + difI * cos[k];
      double oddI = difI * sin[k] - difR * cos[k];
      re[k] = sumR + oddR;
      im[k] = sumI + oddI;
      re[m] = sumR - oddR;
      im[m] = oddI - sumI;
    }
    re[0] = 2 * (zeroRe + zeroIm);
    im[0] = 0;
    re[half] = 2 * (zeroRe - zeroIm);
    im[half] = 0;
  }
}
