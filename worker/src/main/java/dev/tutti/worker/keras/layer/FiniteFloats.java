package dev.tutti.worker.keras.layer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Looks for NaN and infinities at memory speed.
 *
 * <p>Such a float32 has all eight exponent bits set, so adding one to the exponent carries into the
 * sign bit; two numbers are looked at in one step.
 */
public final class FiniteFloats {
  private static final long EXPONENTS = 0x7f80_0000_7f80_0000L;
  private static final long ONES = 0x0080_0000_0080_0000L;
  private static final long SIGNS = 0x8000_0000_8000_0000L;

  private FiniteFloats() {}

  /** The index of the first little-endian float32 that is not finite; -1 if all are. */
  public static int firstOther(ByteBuffer numbers) {
    ByteBuffer bytes = numbers.slice().order(ByteOrder.LITTLE_ENDIAN);
    int pairs = bytes.limit() / Long.BYTES * Long.BYTES;
    long carries = 0;
    for (int at = 0; at < pairs; at += Long.BYTES) {
      carries |= (bytes.getLong(at) & EXPONENTS) + ONES;
    }
    boolean sound = (carries & SIGNS) == 0;
    for (int at = sound ? pairs : 0; at < bytes.limit(); at += Float.BYTES) {
      if (!Float.isFinite(bytes.getFloat(at))) {
        return at / Float.BYTES;
      }
    }
    return -1;
  }
}
