package dev.tutti.worker.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.layer.Activation;
import dev.tutti.worker.keras.layer.Extent;
import dev.tutti.worker.keras.layer.KerasLayer;
import dev.tutti.worker.keras.layer.KerasLayer.BatchNormalization;
import dev.tutti.worker.keras.layer.KerasModel;
import dev.tutti.worker.keras.layer.KerasNode;
import dev.tutti.worker.keras.layer.Padding;
import dev.tutti.worker.keras.layer.TensorShape;
import dev.tutti.worker.keras.layer.WeightSource;
import dev.tutti.worker.keras.layer.WeightTensor;
import dev.tutti.worker.keras.layer.Window;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.proto.ConfigProto;

/** Folded models answer as the plain ones do, whatever the signs and wherever the norms stand. */
class BatchNormFoldingTest {
  private static final int CHANNELS = 5;
  private static final TensorShape INPUT = TensorShape.of(9, 7, 2);

  private final List<KerasNode> nodes = new ArrayList<>();

  /** A large weight need not stand in memory whole where nothing is to be folded. */
  @Test
  void whatIsNotChangedIsReadInPieces() throws ModelFileException {
    KerasModel model = model("Cmfd");
    WeightSource pieces =
        new WeightSource() {
          @Override
          public FloatBuffer read(WeightTensor weight) {
            throw new AssertionError(weight + " was read whole");
          }

          @Override
          public void read(WeightTensor weight, Consumer<ByteBuffer> consumer) {
            int bytes = Math.toIntExact(weight.shape().elements()) * Float.BYTES;
            consumer.accept(ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN));
          }
        };
    WeightedModel folded = BatchNormFolding.fold(new WeightedModel(model, pieces));
    for (WeightTensor weight : model.weights()) {
      AtomicLong bytes = new AtomicLong();
      folded.reader().read(weight, piece -> bytes.addAndGet(piece.remaining()));
      assertEquals(weight.shape().elements() * Float.BYTES, bytes.get());
    }
  }

  /**
   * c convolution, C with ReLU, r ReLU, b norm, m max pooling, a average pooling, f flatten, d
   * Dense.
   */
  @ParameterizedTest
  @CsvSource({
    "Cbmfd, 0",
    "CbmCbmfd, 0",
    "Cbmc, 0",
    "cbr, 0",
    "crbac, 0",
    "Cmbfd, 0",
    "Cbc, 0",
    "cbCbafd, 0",
    "bc, 1",
    "Cfbd, 1",
    "Dbd, 0",
  })
  void aFoldedModelAnswersAsThePlainOne(String layers, int left) throws ModelFileException {
    KerasModel model = model(layers);
    WeightedModel plain = new WeightedModel(model, BatchNormFoldingTest::numbers);
    WeightedModel folded = BatchNormFolding.fold(plain);
    long norms =
        folded.model().layers().stream().filter(BatchNormalization.class::isInstance).count();
    assertEquals(left, norms);
    assertArrayEquals(answer(plain), answer(folded), 2e-5f);
  }

  private static float[] answer(WeightedModel model) throws ModelFileException {
    float[] sample = new float[Math.toIntExact(INPUT.elements())];
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < sample.length; i++) {
      sample[i] = (float) (2 * random.nextDouble() - 1);
    }
    try (PlainModel loaded =
        PlainModel.load(model.model(), model.weights(), 1, ConfigProto.getDefaultInstance())) {
      return loaded.run(sample);
    }
  }

  private KerasModel model(String layers) {
    nodes.clear();
    add(new KerasLayer.InputLayer("input", INPUT));
    for (int i = 0; i < layers.length(); i++) {
      add(layer(layers.charAt(i), layers.charAt(i) + "" + i, output()));
    }
    return new KerasModel(nodes);
  }

  private static KerasLayer layer(char kind, String name, TensorShape input) {
    Window pool = new Window(new Extent(2, 2), new Extent(2, 2), Extent.ONE, Padding.SAME);
    return switch (kind) {
      case 'c', 'C' -> convolution(name, kind == 'C', input.channels());
      case 'd', 'D' -> dense(name, kind == 'D', input.channels());
      case 'b' -> norm(name, TensorShape.of(input.channels()));
      case 'r' -> new KerasLayer.ActivationLayer(name, Activation.RELU);
      case 'm' -> new KerasLayer.MaxPooling2D(name, pool);
      case 'a' -> new KerasLayer.AveragePooling2D(name, pool);
      default -> new KerasLayer.Flatten(name);
    };
  }

  private static KerasLayer convolution(String name, boolean rectified, int channels) {
    Window window = new Window(new Extent(3, 3), Extent.ONE, Extent.ONE, Padding.SAME);
    WeightTensor kernel =
        new WeightTensor(name, "kernel", TensorShape.of(3, 3, channels, CHANNELS));
    return new KerasLayer.Conv2D(name, window, 1, activation(rectified), kernel, Optional.empty());
  }

  private static KerasLayer dense(String name, boolean rectified, int inputs) {
    WeightTensor kernel = new WeightTensor(name, "kernel", TensorShape.of(inputs, CHANNELS));
    WeightTensor bias = new WeightTensor(name, "bias", TensorShape.of(CHANNELS));
    return new KerasLayer.Dense(name, activation(rectified), kernel, Optional.of(bias));
  }

  private static KerasLayer norm(String name, TensorShape channels) {
    return new BatchNormalization(
        name,
        1e-3f,
        Optional.of(new WeightTensor(name, "gamma", channels)),
        Optional.of(new WeightTensor(name, "beta", channels)),
        new WeightTensor(name, "moving_mean", channels),
        new WeightTensor(name, "moving_variance", channels));
  }

  private static Activation activation(boolean rectified) {
    return rectified ? Activation.RELU : Activation.LINEAR;
  }

  /** Gammas of both signs; the source is a function of the weight, so it may be read again. */
  private static FloatBuffer numbers(WeightTensor weight) {
    SplittableRandom random = new SplittableRandom((weight.layer() + weight.role()).hashCode());
    float[] numbers = new float[Math.toIntExact(weight.shape().elements())];
    double spread = weight.role().equals("kernel") ? 0.3 : 1;
    for (int i = 0; i < numbers.length; i++) {
      double number = spread * (2 * random.nextDouble() - 1);
      numbers[i] = (float) (weight.role().equals("moving_variance") ? number * number : number);
    }
    return FloatBuffer.wrap(numbers);
  }

  private void add(KerasLayer layer) {
    boolean first = nodes.isEmpty();
    TensorShape shape = layer.outputShape(first ? List.of() : List.of(output()));
    String before = first ? "" : nodes.get(nodes.size() - 1).name();
    nodes.add(new KerasNode(layer.name(), layer, first ? List.of() : List.of(before), shape));
  }

  private TensorShape output() {
    return nodes.get(nodes.size() - 1).output();
  }
}
