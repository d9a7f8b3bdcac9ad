package dev.tutti.worker.bench;

import dev.tutti.worker.graph.WeightedModel;
import dev.tutti.worker.keras.layer.Activation;
import dev.tutti.worker.keras.layer.Extent;
import dev.tutti.worker.keras.layer.KerasLayer.ActivationLayer;
import dev.tutti.worker.keras.layer.KerasLayer.AveragePooling2D;
import dev.tutti.worker.keras.layer.KerasLayer.Dropout;
import dev.tutti.worker.keras.layer.KerasLayer.Flatten;
import dev.tutti.worker.keras.layer.KerasLayer.MaxPooling2D;
import dev.tutti.worker.keras.layer.KerasModel;
import dev.tutti.worker.keras.layer.MergeLayer.Concatenate;
import dev.tutti.worker.keras.layer.Padding;
import dev.tutti.worker.keras.layer.ScaleLayer.Rescaling;
import dev.tutti.worker.keras.layer.ShapeLayer.Permute;
import dev.tutti.worker.keras.layer.ShapeLayer.Reshape;
import dev.tutti.worker.keras.layer.TensorShape;
import dev.tutti.worker.keras.layer.WeightSource;
import dev.tutti.worker.keras.layer.WeightTensor;
import dev.tutti.worker.keras.layer.Window;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.SplittableRandom;

/** Models of the sizes that are served, with random numbers in them. */
final class RandomModels {
  private static final int BINS = 1025;
  private static final int FRAMES = 126;
  private static final int BANDS = 190;
  private static final long SHARED_SEED = -1;

  private RandomModels() {}

  /** 3 x (convolution, ReLU, batch norm, pooling), Dense 128, Dense 1: 31.5 million numbers. */
  static WeightedModel fullSize(long seed) {
    ChainBuilder chain = new ChainBuilder(TensorShape.of(BINS, FRAMES, 1));
    int filters = 32;
    for (int block = 1; block <= 3; block++, filters *= 2) {
      chain
          .convolution("conv" + block, new Extent(3, 3), Extent.ONE, filters, Activation.RELU)
          .batchNorm("bn" + block)
          .maximum("pool" + block, new Extent(2, 2));
    }
    KerasModel model =
        chain
            .add(new Flatten("flatten"))
            .dense("dense", 128, Activation.RELU, true)
            .add(new Dropout("dropout"))
            .dense("answer", 1, Activation.SIGMOID, true)
            .build();
    return new WeightedModel(model, numbers(seed));
  }

  /**
   * A projection to {@value #BANDS} bands, the same for every seed, four convolutions, mean and
   * maximum over time, two Dense layers.
   */
  static WeightedModel compact(long seed) {
    ChainBuilder chain =
        new ChainBuilder(TensorShape.of(BINS, FRAMES, 1))
            .add(new Permute("permute", List.of(1, 0, 2)))
            .add(new Reshape("frames", TensorShape.of(FRAMES, BINS)))
            .dense("bands", BANDS, Activation.LINEAR, false)
            .add(new Reshape("image", TensorShape.of(FRAMES, BANDS, 1)))
            .add(new Rescaling("scale", List.of(0.05), List.of(3.0)));
    block(chain, 1, new Extent(3, 7), new Extent(1, 4), 16);
    block(chain, 2, new Extent(5, 3), new Extent(2, 2), 24);
    block(chain, 3, new Extent(3, 3), new Extent(2, 2), 32);
    block(chain, 4, new Extent(3, 3), new Extent(2, 1), 48);
    String trunk = chain.last();
    Extent time = new Extent(chain.shape(trunk).size(0), 1);
    Window window = new Window(time, time, Extent.ONE, Padding.VALID);
    chain.add(new AveragePooling2D("mean", window), List.of(trunk));
    chain.add(new MaxPooling2D("max", window), List.of(trunk));
    chain.add(new Concatenate("both", 2), List.of("mean", "max"));
    KerasModel model =
        chain
            .add(new Flatten("flatten"))
            .dense("dense", 32, Activation.RELU, true)
            .dense("answer", 1, Activation.SIGMOID, true)
            .build();
    return new WeightedModel(model, numbers(seed));
  }

  private static void block(
      ChainBuilder chain, int number, Extent kernel, Extent strides, int filters) {
    chain
        .convolution("conv" + number, kernel, strides, filters, Activation.LINEAR)
        .batchNorm("bn" + number)
        .add(new ActivationLayer("relu" + number, Activation.RELU));
  }

  /** Numbers that keep activations about as large as their inputs. */
  private static WeightSource numbers(long seed) {
    return weight -> {
      long own = weight.layer().equals("bands") ? SHARED_SEED : seed;
      SplittableRandom random =
          new SplittableRandom(own * 31 + (weight.layer() + weight.role()).hashCode());
      float[] numbers = new float[Math.toIntExact(weight.shape().elements())];
      float spread = spread(weight);
      float middle =
          weight.role().equals("gamma") || weight.role().equals("moving_variance") ? 1 : 0;
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = middle + spread * (float) (2 * random.nextDouble() - 1);
      }
      return FloatBuffer.wrap(numbers);
    };
  }

  private static float spread(WeightTensor weight) {
    if (!weight.role().equals("kernel")) {
      return 0.5f;
    }
    double inputs = (double) weight.shape().elements() / weight.shape().channels();
    return (float) Math.sqrt(3 / inputs);
  }
}
