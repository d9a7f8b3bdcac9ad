package dev.tutti.core.mixture;

import dev.tutti.core.content.ContentDigest;
import java.util.Objects;

/**
 * The noise of a mixture.
 *
 * @param seed where it starts; of {@code NUMPY_REAL_PART}, the lower 32 bits
 * @param kind which noise, and how a mixture of nothing else is shown
 */
public record MixtureNoise(long seed, Kind kind) {
  /** Kinds of noise. */
  public enum Kind {
    /** White Gaussian noise (see {@link GaussianNoise}), shown as levels in dB. */
    GAUSSIAN,
    /**
     * {@code numpy.random.RandomState(seed).randn(samples)}. A mixture of nothing else is the real
     * part of its transform, not in dB: what the public notebook's models were given.
     */
    NUMPY_REAL_PART
  }

  /** Refuses null. */
  public MixtureNoise {
    Objects.requireNonNull(kind, "kind");
  }

  /** Adds what its samples depend on. */
  void addTo(ContentDigest.Builder content) {
    content
        .add(kind.name())
        .add(
            switch (kind) {
              case GAUSSIAN -> seed;
              case NUMPY_REAL_PART -> (long) (int) seed;
            });
  }

  float[] samples(int count) {
    return switch (kind) {
      case GAUSSIAN -> GaussianNoise.samples(seed, count);
      case NUMPY_REAL_PART -> new NumpyRandom((int) seed).normals(count);
    };
  }
}
