package dev.tutti.worker.keras;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.worker.golden.Golden;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class KerasModelFileTest {
  private static final Path BASS = Golden.path("set65x30/family_bass_classifier.h5");

  @Test
  void layersComeInOrderWithTheirOptions() throws IOException {
    try (KerasModelFile file = KerasModelFile.open(BASS)) {
      KerasModel model = file.model();
      assertEquals(TensorShape.of(65, 30, 1), model.input());
      assertEquals(TensorShape.of(1), model.output());
      assertEquals(
          List.of(
              "InputLayer",
              "Conv2D",
              "BatchNormalization",
              "MaxPooling2D",
              "Conv2D",
              "BatchNormalization",
              "MaxPooling2D",
              "Conv2D",
              "BatchNormalization",
              "MaxPooling2D",
              "Flatten",
              "Dense",
              "Dropout",
              "Dense"),
          model.layers().stream().map(layer -> layer.getClass().getSimpleName()).toList());
      KerasLayer.Conv2D convolution =
          assertInstanceOf(KerasLayer.Conv2D.class, model.layers().get(1));
      assertEquals(
          new Window(new Extent(3, 3), Extent.ONE, Extent.ONE, Padding.SAME), convolution.window());
      assertEquals(Activation.RELU, convolution.activation());
      assertEquals(
          new WeightTensor("conv2d", "kernel", TensorShape.of(3, 3, 1, 4)), convolution.kernel());
      KerasLayer.BatchNormalization normalization =
          assertInstanceOf(KerasLayer.BatchNormalization.class, model.layers().get(2));
      assertEquals(1e-3f, normalization.epsilon());
    }
  }

  @Test
  void everyWeightIsReadWhole() throws IOException {
    try (KerasModelFile file = KerasModelFile.open(BASS)) {
      long numbers = 0;
      for (WeightTensor weight : file.model().weights()) {
        numbers += file.read(weight).remaining();
      }
      assertEquals(file.model().parameters(), numbers);
    }
  }

  @Test
  void nanAmongTheWeightsIsRefusedWithItsPlace() throws IOException {
    Path path = Golden.path("broken/kernel_nan.h5");
    try (KerasModelFile file = KerasModelFile.open(path)) {
      BrokenModelException refusal =
          assertThrows(
              BrokenModelException.class,
              () -> {
                for (WeightTensor weight : file.model().weights()) {
                  file.read(weight);
                }
              });
      assertTrue(refusal.getMessage().contains("kernel_nan.h5"), refusal::getMessage);
      assertTrue(refusal.getMessage().contains("NaN at index"), refusal::getMessage);
    }
  }
}
