package dev.tutti.core.spectrogram;

import java.util.function.IntToDoubleFunction;

/**
 * The transform frame by frame, in Java alone.
 *
 * <p>Holds only tables; any number of threads may share one, each with an {@link FftWorkspace}.
 */
final class PlainStft implements Stft {
  /**
   * Frames transformed before their levels are written out: the result has frames side by side, so
   * a block of them fills whole cache lines where single frames would touch each line anew.
   */
  private static final int BLOCK = 16;

  private final StftParameters parameters;
  private final RealFft fft;

  /** The window at half its height, as {@link RealFft} wants its samples halved. */
  private final double[] halfWindow;

  PlainStft(StftParameters parameters) {
    this.parameters = parameters;
    this.fft = new RealFft(parameters.nFft());
    this.halfWindow = halfHann(parameters.nFft(), parameters.winLength());
  }

  /**
   * Hann(i) / 2 for a window of {@code length} samples centred among {@code n}; a single one is 1.
   */
  static double[] halfHann(int n, int length) {
    double[] window = new double[n];
    int start = (n - length) / 2;
    for (int i = 0; i < length; i++) {
      window[start + i] = length == 1 ? 0.5 : 0.25 * (1 - Math.cos(2 * Math.PI * i / length));
    }
    return window;
  }

  /** The samples of a clip, whatever their type: each is a double before anything is computed. */
  record Signal(int length, IntToDoubleFunction samples) {
    static Signal of(float[] samples) {
      return new Signal(samples.length, i -> samples[i]);
    }

    static Signal of(double[] samples) {
      return new Signal(samples.length, i -> samples[i]);
    }

    /** The sample at an index, 0 beyond the ends. */
    double at(int index) {
      return index >= 0 && index < length ? samples.applyAsDouble(index) : 0;
    }
  }

  FftWorkspace workspace() {
    return new FftWorkspace(parameters.nFft(), 1);
  }

  @Override
  public float levels(float[] samples, Decibels decibels, float[] levels) {
    return levels(Signal.of(samples), decibels, levels);
  }

  @Override
  public float levels(double[] samples, Decibels decibels, float[] levels) {
    return levels(Signal.of(samples), decibels, levels);
  }

  private float levels(Signal samples, Decibels decibels, float[] levels) {
    int bins = parameters.bins();
    int frames = parameters.frames(samples.length());
    double[] powers = new double[BLOCK * bins];
    FftWorkspace workspace = workspace();
    float highest = Float.NEGATIVE_INFINITY;
    for (int first = 0; first < frames; first += BLOCK) {
      int count = Math.min(BLOCK, frames - first);
      for (int j = 0; j < count; j++) {
        power(samples, first + j, workspace, powers, j * bins);
      }
      for (int bin = 0; bin < bins; bin++) {
        for (int j = 0; j < count; j++) {
          float level = decibels.level(powers[j * bins + bin]);
          levels[bin * frames + first + j] = level;
          highest = Math.max(highest, level);
        }
      }
    }
    return highest;
  }

  @Override
  public void transform(float[] samples, double[] re, double[] im) {
    int frames = parameters.frames(samples.length);
    Signal signal = Signal.of(samples);
    FftWorkspace workspace = workspace();
    for (int frame = 0; frame < frames; frame++) {
      transform(signal, frame, workspace);
      for (int bin = 0; bin < parameters.bins(); bin++) {
        re[bin * frames + frame] = workspace.re[bin];
        im[bin * frames + frame] = workspace.im[bin];
      }
    }
  }

  /** Takes the bins of the real samples from the transform Z, see {@link RealFft}. */
  void untangle(double[] re, double[] im) {
    fft.untangle(re, im);
  }

  /** Transforms frame {@code frame} of a clip into the workspace. */
  void transform(Signal samples, int frame, FftWorkspace workspace) {
    int start = frame * parameters.hopLength() - parameters.nFft() / 2;
    load(samples, start, workspace);
    fft.transform(workspace);
  }

  /**
   * Writes |S|<sup>2</sup> of one frame to {@code power[offset]} onwards, one value a bin.
   *
   * @param power has room for {@code bins()} values from {@code offset} on
   */
  void power(Signal samples, int frame, FftWorkspace workspace, double[] power, int offset) {
    transform(samples, frame, workspace);
    double[] re = workspace.re;
    double[] im = workspace.im;
    for (int k = 0; k < parameters.bins(); k++) {
      power[offset + k] = re[k] * re[k] + im[k] * im[k];
    }
  }

  private void load(Signal samples, int start, FftWorkspace w) {
    for (int i = 0; i < parameters.nFft() / 2; i++) {
      w.re[i] = samples.at(start + 2 * i) * halfWindow[2 * i];
      w.im[i] = samples.at(start + 2 * i + 1) * halfWindow[2 * i + 1];
    }
  }
}
