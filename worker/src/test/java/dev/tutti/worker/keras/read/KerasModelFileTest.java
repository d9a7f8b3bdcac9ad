package dev.tutti.worker.keras.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.worker.golden.Golden;
import dev.tutti.worker.keras.BrokenModelException;
import dev.tutti.worker.keras.layer.Activation;
import dev.tutti.worker.keras.layer.Extent;
import dev.tutti.worker.keras.layer.KerasLayer;
import dev.tutti.worker.keras.layer.KerasModel;
import dev.tutti.worker.keras.layer.Padding;
import dev.tutti.worker.keras.layer.TensorShape;
import dev.tutti.worker.keras.layer.WeightTensor;
import dev.tutti.worker.keras.layer.Window;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "set65x30/family_bass_classifier.h5",
        "variants/gzip_chunked.h5",
        "variants/keras3_gap_head.keras",
        "variants/keras3_gap_head_compiled.keras"
      })
  void piecesAreTheWholeWeight(String name) throws IOException {
    assertPiecesAreWhole(Golden.path(name));
  }

  @Test
  void piecesAreReadBehindAUserBlockToo(@TempDir Path folder) throws IOException {
    byte[] plain = Files.readAllBytes(BASS);
    ByteBuffer moved = ByteBuffer.allocate(512 + plain.length).order(ByteOrder.LITTLE_ENDIAN);
    moved.position(512).put(plain);
    moved.putLong(512 + 24, 512); // The base address in a superblock of version 0.
    assertPiecesAreWhole(Files.write(folder.resolve("moved.h5"), moved.array()));
  }

  private static void assertPiecesAreWhole(Path path) throws IOException {
    try (KerasModelFile file = KerasModelFile.open(path)) {
      for (WeightTensor weight : file.model().weights()) {
        FloatBuffer whole = file.read(weight);
        file.read(
            weight,
            piece -> {
              while (piece.hasRemaining()) {
                assertEquals(whole.get(), piece.getFloat());
              }
            });
        assertFalse(whole.hasRemaining());
      }
    }
  }

  @Test
  void nanInAPieceIsRefusedWithItsPlace() throws IOException {
    try (KerasModelFile file = KerasModelFile.open(Golden.path("broken/kernel_nan.h5"))) {
      BrokenModelException refusal =
          assertThrows(
              BrokenModelException.class,
              () -> {
                for (WeightTensor weight : file.model().weights()) {
                  file.read(weight, piece -> {});
                }
              });
      assertTrue(refusal.getMessage().contains("kernel_nan.h5"), refusal::getMessage);
      assertTrue(refusal.getMessage().contains("NaN at index"), refusal::getMessage);
    }
  }
}
