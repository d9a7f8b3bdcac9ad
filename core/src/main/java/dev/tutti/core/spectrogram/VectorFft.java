package dev.tutti.core.spectrogram;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link RealFft} for as many sequences at once as a vector has lanes: number k of sequence j
 * stands at k x lanes + j, so that every step works on whole vectors and none is shuffled.
 */
final class VectorFft {
  static final VectorSpecies<Double> LANES = DoubleVector.SPECIES_PREFERRED;
  static final int WIDTH = LANES.length();

  private final int half;

  /** cos and -sin of 2 pi k / n for k below n. */
  private final double[] cos;

  private final double[] sin;

  VectorFft(int n) {
    half = n / 2;
    Twiddles twiddles = Twiddles.of(n);
    cos = twiddles.cos();
    sin = twiddles.sin();
  }

  /** Transforms the workspace's samples into Z. */
  void transform(FftWorkspace w) {
    int stride = 1;
    for (; stride * 4 <= half; stride *= 4) {
      for (int in = 0, t = 0; in < half / 4; in += stride, t += 2 * stride) {
        butterflies(w.re, w.im, w.otherRe, w.otherIm, in, stride, t);
      }
      w.swap();
    }
    if (stride < half) {
      lastStepOfTwo(w.re, w.im, w.otherRe, w.otherIm, stride);
      w.swap();
    }
  }

  private void butterflies(
      double[] xr, double[] xi, double[] yr, double[] yi, int in, int stride, int t) {
    int b = half / 4 * WIDTH;
    int s = stride * WIDTH;
    DoubleVector cos1 = DoubleVector.broadcast(LANES, cos[t]);
    DoubleVector sin1 = DoubleVector.broadcast(LANES, sin[t]);
    DoubleVector cos2 = DoubleVector.broadcast(LANES, cos[2 * t]);
    DoubleVector sin2 = DoubleVector.broadcast(LANES, sin[2 * t]);
    DoubleVector cos3 = DoubleVector.broadcast(LANES, cos[3 * t]);
    DoubleVector sin3 = DoubleVector.broadcast(LANES, sin[3 * t]);
    int end = (in + stride) * WIDTH;
    int y = 4 * in * WIDTH;
    for (int x = in * WIDTH; x < end; x += WIDTH, y += WIDTH) {
      DoubleVector aR = DoubleVector.fromArray(LANES, xr, x);
      DoubleVector aI = DoubleVector.fromArray(LANES, xi, x);
      DoubleVector bR = DoubleVector.fromArray(LANES, xr, x + b);
      DoubleVector bI = DoubleVector.fromArray(LANES, xi, x + b);
      DoubleVector cR = DoubleVector.fromArray(LANES, xr, x + 2 * b);
      DoubleVector cI = DoubleVector.fromArray(LANES, xi, x + 2 * b);
      DoubleVector dR = DoubleVector.fromArray(LANES, xr, x + 3 * b);
      DoubleVector dI = DoubleVector.fromArray(LANES, xi, x + 3 * b);
      DoubleVector sumAcR = aR.add(cR);
      DoubleVector sumAcI = aI.add(cI);
      DoubleVector difAcR = aR.sub(cR);
      DoubleVector difAcI = aI.sub(cI);
      DoubleVector sumBdR = bR.add(dR);
      DoubleVector sumBdI = bI.add(dI);
      DoubleVector difBdR = bR.sub(dR);
      DoubleVector difBdI = bI.sub(dI);
      sumAcR.add(sumBdR).intoArray(yr, y);
      sumAcI.add(sumBdI).intoArray(yi, y);
      DoubleVector r1 = difAcR.add(difBdI);
      DoubleVector i1 = difAcI.sub(difBdR);
      r1.mul(cos1).sub(i1.mul(sin1)).intoArray(yr, y + s);
      r1.mul(sin1).add(i1.mul(cos1)).intoArray(yi, y + s);
      DoubleVector r2 = sumAcR.sub(sumBdR);
      DoubleVector i2 = sumAcI.sub(sumBdI);
      r2.mul(cos2).sub(i2.mul(sin2)).intoArray(yr, y + 2 * s);
      r2.mul(sin2).add(i2.mul(cos2)).intoArray(yi, y + 2 * s);
      DoubleVector r3 = difAcR.sub(difBdI);
      DoubleVector i3 = difAcI.add(difBdR);
      r3.mul(cos3).sub(i3.mul(sin3)).intoArray(yr, y + 3 * s);
      r3.mul(sin3).add(i3.mul(cos3)).intoArray(yi, y + 3 * s);
    }
  }

  /** Z, of samples already halved, into the powers of bins 0 to n/2, which replace re. */
  void powers(FftWorkspace w) {
    double[] re = w.re;
    double[] im = w.im;
    DoubleVector zeroR = DoubleVector.fromArray(LANES, re, 0);
    DoubleVector zeroI = DoubleVector.fromArray(LANES, im, 0);
    DoubleVector sum = zeroR.add(zeroI).mul(2);
    DoubleVector dif = zeroR.sub(zeroI).mul(2);
    sum.mul(sum).intoArray(re, 0);
    dif.mul(dif).intoArray(re, half * WIDTH);
    for (int k = 1, m = half - 1; k <= m; k++, m--) {
      DoubleVector kR = DoubleVector.fromArray(LANES, re, k * WIDTH);
      DoubleVector kI = DoubleVector.fromArray(LANES, im, k * WIDTH);
      DoubleVector mR = DoubleVector.fromArray(LANES, re, m * WIDTH);
      DoubleVector mI = DoubleVector.fromArray(LANES, im, m * WIDTH);
      DoubleVector sumR = kR.add(mR);
      DoubleVector sumI = kI.sub(mI);
      DoubleVector difR = kR.sub(mR);
      DoubleVector difI = kI.add(mI);
      DoubleVector oddR = difR.mul(sin[k]).add(difI.mul(cos[k]));
      DoubleVector oddI = difI.mul(sin[k]).sub(difR.mul(cos[k]));
      DoubleVector xR = sumR.add(oddR);
      DoubleVector xI = sumI.add(oddI);
      DoubleVector yR = sumR.sub(oddR);
      DoubleVector yI = oddI.sub(sumI);
      xR.mul(xR).add(xI.mul(xI)).intoArray(re, k * WIDTH);
      yR.mul(yR).add(yI.mul(yI)).intoArray(re, m * WIDTH);
    }
  }

  private static void lastStepOfTwo(
      double[] xr, double[] xi, double[] yr, double[] yi, int stride) {
    int s = stride * WIDTH;
    for (int x = 0; x < s; x += WIDTH) {
      addAndSubtract(xr, yr, x, s);
      addAndSubtract(xi, yi, x, s);
    }
  }

  private static void addAndSubtract(double[] x, double[] y, int at, int s) {
    DoubleVector a = DoubleVector.fromArray(LANES, x, at);
    DoubleVector b = DoubleVector.fromArray(LANES, x, at + s);
    a.add(b).intoArray(y, at);
    a.sub(b).intoArray(y, at + s);
  }
}
