package dev.tutti.core.spectrogram;

/**
 * The short-time Fourier transform as librosa 0.9 and later define it: frame t is centred on sample
 * t x hop, samples beyond the clip's ends count as zero, the window is a periodic Hann window.
 * Computed in double precision, without allocation for a frame.
 *
 * <p>Holds only tables; any number of threads may share one, each with a {@link Workspace}.
 */
final class Stft {
  private final StftParameters parameters;
  private final RealFft fft;

  /** The window at half its height, as {@link RealFft} wants its samples halved. */
  private final double[] halfWindow;

  Stft(StftParameters parameters) {
    this.parameters = parameters;
    this.fft = new RealFft(parameters.nFft());
    this.halfWindow = halfHann(parameters.nFft(), parameters.winLength());
  }

  /** Hann(i) / 2 for a window of {@code length} samples centred among {@code n}. */
  private static double[] halfHann(int n, int length) {
    double[] window = new double[n];
    int start = (n - length) / 2;
    for (int i = 0; i < length; i++) {
      window[start + i] = 0.25 * (1 - Math.cos(2 * Math.PI * i / length));
    }
    return window;
  }

  /** Scratch memory for frames, for one thread at a time. */
  static final class Workspace {
    private final RealFft.Workspace fft;

    private Workspace(int n) {
      fft = new RealFft.Workspace(n);
    }

    /** The real parts of the frame transformed last, bins 0 to nFft / 2. */
    double[] re() {
      return fft.re;
    }

    /** The imaginary parts of the frame transformed last, bins 0 to nFft / 2. */
    double[] im() {
      return fft.im;
    }
  }

  Workspace workspace() {
    return new Workspace(parameters.nFft());
  }

  StftParameters parameters() {
    return parameters;
  }

  /** Transforms frame {@code frame} of a clip into the workspace. */
  void transform(float[] samples, int frame, Workspace workspace) {
    int start = frame * parameters.hopLength() - parameters.nFft() / 2;
    load(samples, start, workspace.fft);
    fft.transform(workspace.fft);
  }

  /**
   * Writes |S|<sup>2</sup> of one frame to {@code power[offset]} onwards, one value a bin.
   *
   * @param power has room for {@code bins()} values from {@code offset} on
   */
  void power(float[] samples, int frame, Workspace workspace, double[] power, int offset) {
    transform(samples, frame, workspace);
    double[] re = workspace.re();
    double[] im = workspace.im();
    for (int k = 0; k < parameters.bins(); k++) {
      power[offset + k] = re[k] * re[k] + im[k] * im[k];
    }
  }

  private void load(float[] samples, int start, RealFft.Workspace w) {
    int n = parameters.nFft();
    if (start >= 0 && start + n <= samples.length) {
      for (int i = 0; i < n / 2; i++) {
        w.re[i] = samples[start + 2 * i] * halfWindow[2 * i];
        w.im[i] = samples[start + 2 * i + 1] * halfWindow[2 * i + 1];
      }
    } else {
      for (int i = 0; i < n / 2; i++) {
        w.re[i] = sample(samples, start + 2 * i) * halfWindow[2 * i];
        w.im[i] = sample(samples, start + 2 * i + 1) * halfWindow[2 * i + 1];
      }
    }
  }

  private static double sample(float[] samples, int index) {
    return index >= 0 && index < samples.length ? samples[index] : 0;
  }
}
