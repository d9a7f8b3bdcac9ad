package dev.tutti.core.audio.flac;

import java.util.Arrays;

/** Decodes one channel of one FLAC frame: a predictor and what it leaves over (RFC 9639, 9.2). */
final class FlacSubframe {
  private static final int TYPE_CONSTANT = 0;
  private static final int TYPE_VERBATIM = 1;
  private static final int TYPE_FIXED = 8;
  private static final int MAX_FIXED_ORDER = 4;
  private static final int TYPE_LINEAR = 32;

  /** The weights of the fixed predictors of order 0 to 4, the nearest sample's first. */
  private static final int[][] FIXED_WEIGHTS = {{}, {1}, {2, -1}, {3, -3, 1}, {4, -6, 4, -1}};

  private final FlacBits bits;
  private final long[] samples;
  private final int blockSize;

  private FlacSubframe(FlacBits bits, long[] samples, int blockSize) {
    this.bits = bits;
    this.samples = samples;
    this.blockSize = blockSize;
  }

  /** Decodes {@code blockSize} samples of {@code depth} bits into {@code samples}. */
  static void decode(FlacBits bits, int depth, long[] samples, int blockSize) {
    new FlacSubframe(bits, samples, blockSize).decode(depth);
  }

  private void decode(int depth) {
    bits.check(bits.unsigned(1) == 0, "has a subframe without its leading zero");
    int type = (int) bits.unsigned(6);
    int wasted = bits.unsigned(1) == 0 ? 0 : bits.unary() + 1;
    int width = depth - wasted;
    bits.check(width > 0, "wastes more bits than a sample has");
    if (type == TYPE_CONSTANT) {
      Arrays.fill(samples, 0, blockSize, bits.signed(width));
    } else if (type == TYPE_VERBATIM) {
      readWarmUp(blockSize, width);
    } else if (type >= TYPE_FIXED && type <= TYPE_FIXED + MAX_FIXED_ORDER) {
      int order = type - TYPE_FIXED;
      readWarmUp(order, width);
      readResidual(order);
      predict(FIXED_WEIGHTS[order], 0);
    } else {
      bits.check(type >= TYPE_LINEAR, "has a subframe of reserved type " + type);
      decodeLinear(type - TYPE_LINEAR + 1, width);
    }
    for (int i = 0; wasted > 0 && i < blockSize; i++) {
      samples[i] <<= wasted;
    }
  }

  private void decodeLinear(int order, int width) {
    readWarmUp(order, width);
    int precision = (int) bits.unsigned(4) + 1;
    bits.check(precision < 16, "has a linear predictor of invalid precision");
    int shift = (int) bits.signed(5);
    bits.check(shift >= 0, "has a linear predictor with a negative shift");
    int[] weights = new int[order];
    for (int i = 0; i < order; i++) {
      weights[i] = (int) bits.signed(precision);
    }
    readResidual(order);
    predict(weights, shift);
  }

  private void readWarmUp(int count, int width) {
    bits.check(count <= blockSize, "has a predictor longer than its block");
    for (int i = 0; i < count; i++) {
      samples[i] = bits.signed(width);
    }
  }

  private void predict(int[] weights, int shift) {
    for (int i = weights.length; i < blockSize; i++) {
      long sum = 0;
      for (int j = 0; j < weights.length; j++) {
        sum += weights[j] * samples[i - 1 - j];
      }
      samples[i] += sum >> shift;
    }
  }

  private void readResidual(int order) {
    int method = (int) bits.unsigned(2);
    bits.check(method <= 1, "has a residual of a reserved coding method");
    int parameterBits = 4 + method;
    int partitionOrder = (int) bits.unsigned(4);
    int partitionSize = blockSize >> partitionOrder;
    bits.check(
        partitionSize << partitionOrder == blockSize && partitionSize >= order,
        "has residual partitions that do not fit its block");
    int start = order;
    for (int end = partitionSize; end <= blockSize; end += partitionSize) {
      readPartition(start, end, parameterBits);
      start = end;
    }
  }

  private void readPartition(int start, int end, int parameterBits) {
    int parameter = (int) bits.unsigned(parameterBits);
    if (parameter == (1 << parameterBits) - 1) {
      int width = (int) bits.unsigned(5);
      for (int i = start; i < end; i++) {
        samples[i] = bits.signed(width);
      }
      return;
    }
    for (int i = start; i < end; i++) {
      long folded = (long) bits.unary() << parameter | bits.unsigned(parameter);
      samples[i] = folded >>> 1 ^ -(folded & 1);
    }
  }
}
