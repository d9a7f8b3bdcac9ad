package dev.tutti.worker.bankfile;

import dev.tutti.worker.keras.layer.WeightTensor;

/**
 * Where a weight lies in the weight file.
 *
 * @param weight which one
 * @param offset of its first byte, a multiple of {@link WeightFile#ALIGNMENT}
 * @param sha256 of its bytes, lower-case hex
 */
public record TensorEntry(WeightTensor weight, long offset, String sha256) {
  /** How many bytes it takes: float32. */
  public long bytes() {
    long elements = weight.shape().elements();
    return elements > Long.MAX_VALUE / Float.BYTES ? Long.MAX_VALUE : elements * Float.BYTES;
  }
}
