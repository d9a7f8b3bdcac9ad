package dev.tutti.worker.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.tutti.worker.golden.Golden;
import dev.tutti.worker.golden.NpyFile;
import dev.tutti.worker.golden.SameBits;
import dev.tutti.worker.keras.read.KerasModelFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.proto.ConfigProto;

/** Every kind of layer, in both of Keras 3's file formats, against Keras's own answers. */
class LayersTest {
  private static final float TOLERANCE = 2e-5f;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "activations",
        "branches",
        "conv1d",
        "conv_groups_dilation",
        "dense_sequence",
        "depthwise",
        "nested",
        "normalization",
        "normalization_bins",
        "separable",
        "separable1d",
        "shapes"
      })
  void answersAsKerasDoes(String name) throws IOException {
    check(name, TOLERANCE);
  }

  /** Keras rounds to bfloat16 on the way; this does not. */
  @ParameterizedTest
  @ValueSource(strings = "mixed_bfloat16")
  void mixedPrecisionIsComputedInFull(String name) throws IOException {
    check(name, 0.02f);
  }

  /** A published model of Keras 2.14, whose configuration writes 1 for true. */
  @Test
  void answersAsKerasDoesToAPublishedModel() throws IOException {
    check("real/mlperf_streaming_wakeword_k2.14", 4, 1e-5f, ".h5");
  }

  private static void check(String name, float tolerance) throws IOException {
    check("layers/" + name, 3, tolerance, ".h5", ".keras");
  }

  private static void check(String name, int samples, float tolerance, String... formats)
      throws IOException {
    float[] input = NpyFile.read(Golden.path(name + ".input.npy")).floats();
    float[] expected = NpyFile.read(Golden.path(name + ".expected.npy")).floats();
    float largest = 1;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    for (String format : formats) {
      Path path = Golden.path(name + format);
      try (KerasModelFile file = KerasModelFile.open(path);
          PlainModel model =
              PlainModel.load(file.model(), file, samples, ConfigProto.getDefaultInstance())) {
        float[] answers = model.run(input);
        assertArrayEquals(expected, answers, tolerance * largest, name + format);
        float[] alone = model.run(Arrays.copyOf(input, input.length / samples));
        for (int i = 0; i < alone.length; i++) {
          SameBits.check(answers[i], alone[i], name + format + " alone, value " + i);
        }
      }
    }
  }
}
