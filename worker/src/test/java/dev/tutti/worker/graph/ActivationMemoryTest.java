package dev.tutti.worker.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.layer.Activation;
import dev.tutti.worker.keras.layer.Extent;
import dev.tutti.worker.keras.layer.KerasLayer;
import dev.tutti.worker.keras.layer.KerasModel;
import dev.tutti.worker.keras.layer.KerasNode;
import dev.tutti.worker.keras.layer.MergeLayer;
import dev.tutti.worker.keras.layer.Padding;
import dev.tutti.worker.keras.layer.TensorShape;
import dev.tutti.worker.keras.layer.Window;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class ActivationMemoryTest {
  private static final TensorShape IMAGE = TensorShape.of(8, 8, 1);
  private static final long FLOATS = 64;
  private static final KerasNode INPUT =
      new KerasNode("input", new KerasLayer.InputLayer("input", IMAGE), List.of(), IMAGE);

  @Test
  void aValueLivesUntilItsLastReader() throws ModelFileException {
    // Beside its own two copies, relu has the input alive, elu the input and relu, add all three.
    KerasNode relu = activation("relu", Activation.RELU, "input");
    KerasNode elu = activation("elu", Activation.ELU, "relu");
    KerasNode add =
        new KerasNode(
            "add",
            new MergeLayer.Elementwise("add", MergeLayer.Operation.ADD),
            List.of("input", "elu"),
            IMAGE);
    assertBytes(3 * FLOATS, INPUT, relu);
    assertBytes(4 * FLOATS, INPUT, relu, elu, add);
  }

  @Test
  void onlyOneModelHasItsValuesAtATimeButWhatIsSharedStays() throws ModelFileException {
    KerasNode relu = activation("relu", Activation.RELU, "input");
    WeightedModel pooled = model(INPUT, relu, pooling("relu"));
    WeightedModel other = model(INPUT, relu, activation("elu", Activation.ELU, "relu"));
    WeightedModel stranger = model(INPUT, activation("tanh", Activation.TANH, "input"));
    assertEquals(3 * FLOATS * 4, ActivationMemory.bytesPerSample(List.of(pooled)));
    assertEquals(
        3 * FLOATS * 4,
        ActivationMemory.bytesPerSample(List.of(pooled, pooled)),
        "the second computes nothing");
    assertEquals((3 + 1) * FLOATS * 4, ActivationMemory.bytesPerSample(List.of(pooled, other)));
    assertEquals(
        (3 + 1) * FLOATS * 4,
        ActivationMemory.bytesPerSample(List.of(pooled, stranger)),
        "the input stays");
  }

  private static KerasNode activation(String name, Activation activation, String input) {
    return new KerasNode(
        name, new KerasLayer.ActivationLayer(name, activation), List.of(input), IMAGE);
  }

  private static KerasNode pooling(String input) {
    Extent two = new Extent(2, 2);
    Window window = new Window(two, two, Extent.ONE, Padding.VALID);
    return new KerasNode(
        "pool",
        new KerasLayer.MaxPooling2D("pool", window),
        List.of(input),
        TensorShape.of(4, 4, 1));
  }

  private static WeightedModel model(KerasNode... nodes) {
    return new WeightedModel(new KerasModel(List.of(nodes)), weight -> FloatBuffer.allocate(0));
  }

  private static void assertBytes(long floats, KerasNode... nodes) throws ModelFileException {
    assertEquals(floats * Float.BYTES, ActivationMemory.bytesPerSample(List.of(model(nodes))));
  }
}
