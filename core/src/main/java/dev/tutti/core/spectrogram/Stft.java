package dev.tutti.core.spectrogram;

import java.lang.reflect.Constructor;
import java.util.Optional;

/**
 * The short-time Fourier transform as librosa 0.9 and later define it: frame t is centred on sample
 * t x hop, samples beyond the clip's ends count as zero, the window is a periodic Hann window.
 * Computed in double precision, without allocation for a frame. Safe for any number of threads.
 *
 * <p>There are two: {@link PlainStft} runs everywhere; {@code VectorStft} needs the module {@code
 * jdk.incubator.vector} in the running JVM and vectors of four doubles or more. They agree to the
 * last bit.
 */
interface Stft {
  /**
   * Writes the levels of a clip's every bin and frame, not yet clamped.
   *
   * @param levels row-major [bins][frames], all of it overwritten
   * @return the highest level
   */
  float levels(float[] samples, Decibels decibels, float[] levels);

  /** As {@link #levels(float[], Decibels, float[])}, for samples in double precision. */
  float levels(double[] samples, Decibels decibels, float[] levels);

  /**
   * Writes the complex bins of a clip.
   *
   * @param re real parts, row-major [bins][frames]
   * @param im imaginary parts, likewise
   */
  void transform(float[] samples, double[] re, double[] im);

  /** The fastest that this JVM can run. */
  static Stft of(StftParameters parameters) {
    return vector(parameters).orElseGet(() -> new PlainStft(parameters));
  }

  /** The one on vectors, where this JVM has the module for it and the machine the vectors. */
  static Optional<Stft> vector(StftParameters parameters) {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      return Optional.empty();
    }
    try {
      // By name, as the class can be compiled and loaded only where its module is.
      Class<?> type = Class.forName("dev.tutti.core.spectrogram.VectorStft");
      Constructor<?> constructor = type.getDeclaredConstructor(StftParameters.class);
      Stft stft = (Stft) constructor.newInstance(parameters);
      return stft.lanes() >= 4 ? Optional.of(stft) : Optional.empty();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("VectorStft does not fit this JVM's vector module", e);
    }
  }

  /** How many frames are transformed at once. */
  default int lanes() {
    return 1;
  }
}
