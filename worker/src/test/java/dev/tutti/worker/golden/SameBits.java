package dev.tutti.worker.golden;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.tutti.worker.device.CpuFeatures;

/**
 * That a sample gets the same answer in every batch, to the bit. TensorFlow's kernels for
 * processors without AVX-512 do not keep that, as the worker says when it warms up: there, and
 * there alone, a tenth of what is accepted against Keras is.
 */
public final class SameBits {
  private static final float WITHOUT_AVX512 = 1e-6f;

  private SameBits() {}

  public static void check(float expected, float actual, String message) {
    check(new float[] {expected}, new float[] {actual}, message);
  }

  public static void check(float[] expected, float[] actual, String message) {
    float tolerance = CpuFeatures.ofThisMachine().hasAvx512() ? 0 : WITHOUT_AVX512;
    assertArrayEquals(expected, actual, tolerance, message);
  }
}
