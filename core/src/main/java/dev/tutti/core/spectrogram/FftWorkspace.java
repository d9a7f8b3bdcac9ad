package dev.tutti.core.spectrogram;

/**
 * The complex numbers of a transform in progress, in two sets: each step reads one and writes the
 * other. For one thread at a time.
 */
final class FftWorkspace {
  /** In: the even samples, each halved. Out: the real parts. */
  double[] re;

  /** In: the odd samples, each halved. Out: the imaginary parts. */
  double[] im;

  double[] otherRe;
  double[] otherIm;

  /**
   * Zeros.
   *
   * @param n samples of a sequence
   * @param sequences how many are transformed at once
   */
  FftWorkspace(int n, int sequences) {
    int size = (n / 2 + 1) * sequences;
    re = new double[size];
    im = new double[size];
    otherRe = new double[size];
    otherIm = new double[size];
  }

  /** What was written is read next. */
  void swap() {
    double[] swap = re;
    re = otherRe;
    otherRe = swap;
    swap = im;
    im = otherIm;
    otherIm = swap;
  }
}
