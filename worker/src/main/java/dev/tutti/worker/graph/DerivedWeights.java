package dev.tutti.worker.graph;

import dev.tutti.core.content.ContentDigest;
import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.layer.WeightSource;
import dev.tutti.worker.keras.layer.WeightTensor;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Weights of which some are computed from others. A scaled kernel is computed anew each time it is
 * read, since it may be large; a replaced bias is kept. What is left as it was is read as the
 * original reads it.
 */
final class DerivedWeights implements WeightSource, WeightReader {
  private final WeightSource original;
  private final WeightReader unchanged;
  private final WeightReader changed = new SourceReader(this::derived);
  private final Map<WeightTensor, double[]> factors = new HashMap<>();
  private final Map<WeightTensor, float[]> replaced = new HashMap<>();

  DerivedWeights(WeightedModel original) {
    this.original = original.weights();
    this.unchanged = original.reader();
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
    return derived(weight);
  }

  private FloatBuffer derived(WeightTensor weight) throws ModelFileException {
    float[] known = replaced.get(weight);
    if (known != null) {
      return FloatBuffer.wrap(known).asReadOnlyBuffer();
    }
    FloatBuffer numbers = original.read(weight);
    double[] byChannel = factors.get(weight);
    return byChannel == null ? numbers : scaled(numbers, byChannel);
  }

  @Override
  public void read(WeightTensor weight, Consumer<ByteBuffer> pieces) throws ModelFileException {
    readerOf(weight).read(weight, pieces);
  }

  @Override
  public ContentDigest digest(WeightTensor weight) throws ModelFileException {
    return readerOf(weight).digest(weight);
  }

  private WeightReader readerOf(WeightTensor weight) {
    boolean derived = replaced.containsKey(weight) || factors.containsKey(weight);
    return derived ? changed : unchanged;
  }

  private static FloatBuffer scaled(FloatBuffer numbers, double[] byChannel) {
    float[] product = new float[numbers.remaining()];
    for (int i = 0, c = 0; i < product.length; i++, c = c + 1 == byChannel.length ? 0 : c + 1) {
      product[i] = (float) (numbers.get(numbers.position() + i) * byChannel[c]);
    }
    return FloatBuffer.wrap(product);
  }
}
