package dev.tutti.worker.keras;

import java.nio.FloatBuffer;

/** Where the numbers of weights come from: a model file, or memory. */
@FunctionalInterface
public interface WeightSource {
  /**
   * All numbers of a weight in row-major order; the caller does not change them.
   *
   * @throws BrokenModelException if they cannot be read, or one of them is NaN or infinite
   */
  FloatBuffer read(WeightTensor weight) throws ModelFileException;
}
