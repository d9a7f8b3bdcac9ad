package dev.tutti.worker.graph;

import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.WeightSource;
import dev.tutti.worker.keras.WeightTensor;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Weights of which some are computed from others. A scaled kernel is computed anew each time it is
 * read, since it may be large; a replaced bias is kept.
 */
final class DerivedWeights implements WeightSource {
  private final WeightSource original;
  private final Map<WeightTensor, double[]> factors = new HashMap<>();
  private final Map<WeightTensor, float[]> replaced = new HashMap<>();

  DerivedWeights(WeightSource original) {
    this.original = original;
  }

  /**
   * Multiplies a weight by one factor for each channel: for each index of the last axis, or of the
   * last two together.
   */
  void scale(WeightTensor weight, double[] byChannel) {
    factors.merge(
        weight,
        byChannel,
        (before, more) -> {
          double[] product = before.clone();
          Arrays.setAll(product, c -> before[c] * more[c]);
          return product;
        });
  }

  void replace(WeightTensor weight, double[] numbers) {
    float[] rounded = new float[numbers.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) numbers[i];
    }
    replaced.put(weight, rounded);
  }

  @Override
  public FloatBuffer read(WeightTensor weight) throws ModelFileException {
    float[] known = replaced.get(weight);
    if (known != null) {
      return FloatBuffer.wrap(known).asReadOnlyBuffer();
    }
    FloatBuffer numbers = original.read(weight);
    double[] byChannel = factors.get(weight);
    return byChannel == null ? numbers : scaled(numbers, byChannel);
  }

  private static FloatBuffer scaled(FloatBuffer numbers, double[] byChannel) {
    float[] product = new float[numbers.remaining()];
    for (int i = 0, c = 0; i < product.length; i++, c = c + 1 == byChannel.length ? 0 : c + 1) {
      product[i] = (float) (numbers.get(numbers.position() + i) * byChannel[c]);
    }
    return FloatBuffer.wrap(product);
  }
}
