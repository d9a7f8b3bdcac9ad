package dev.tutti.worker.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.tutti.core.content.ContentDigest;
import dev.tutti.worker.graph.SharedNodes.Computation;
import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.layer.Activation;
import dev.tutti.worker.keras.layer.KerasLayer;
import dev.tutti.worker.keras.layer.KerasLayer.Dense;
import dev.tutti.worker.keras.layer.TensorShape;
import dev.tutti.worker.keras.layer.WeightTensor;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class SharedNodesTest {
  private final SharedNodes nodes = new SharedNodes();
  private final AtomicInteger hashed = new AtomicInteger();

  @Test
  void equalLayersOfEqualNumbersAreOneComputationWhateverTheirNames() throws ModelFileException {
    Computation input = input();
    assertSame(
        nodes.of(dense("a", Activation.RELU), numbers("x"), List.of(input)),
        nodes.of(dense("b", Activation.RELU), numbers("x"), List.of(input)));
  }

  @Test
  void otherSettingsNumbersOrInputsAreOthers() throws ModelFileException {
    Computation input = input();
    Computation first = nodes.of(dense("a", Activation.RELU), numbers("x"), List.of(input));
    assertNotSame(first, nodes.of(dense("a", Activation.LINEAR), numbers("x"), List.of(input)));
    assertNotSame(first, nodes.of(dense("a", Activation.RELU), numbers("y"), List.of(input)));
    assertNotSame(first, nodes.of(dense("a", Activation.RELU), numbers("x"), List.of(first)));
  }

  @Test
  void numbersAreHashedOnlyWhereAllElseIsEqual() throws ModelFileException {
    Computation input = input();
    Computation first = nodes.of(dense("a", Activation.RELU), numbers("x"), List.of(input));
    nodes.of(dense("a", Activation.RELU), numbers("x"), List.of(first));
    assertEquals(0, hashed.get());
    nodes.of(dense("a", Activation.RELU), numbers("x"), List.of(input));
    assertEquals(2, hashed.get());
  }

  private Computation input() throws ModelFileException {
    return nodes.of(
        new KerasLayer.ActivationLayer("input", Activation.LINEAR), numbers(""), List.of());
  }

  private static Dense dense(String name, Activation activation) {
    WeightTensor kernel = new WeightTensor(name, "kernel", TensorShape.of(3, 2));
    return new Dense(name, activation, kernel, Optional.empty());
  }

  /** Weights that are equal where this text is. */
  private WeightReader numbers(String text) {
    return new WeightReader() {
      @Override
      public void read(WeightTensor weight, Consumer<ByteBuffer> pieces) {
        throw new AssertionError("nothing is read");
      }

      @Override
      public ContentDigest digest(WeightTensor weight) {
        hashed.incrementAndGet();
        return ContentDigest.builder().add(text).build();
      }
    };
  }
}
