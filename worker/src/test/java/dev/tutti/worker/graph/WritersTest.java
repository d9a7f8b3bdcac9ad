package dev.tutti.worker.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.tutti.worker.golden.Golden;
import dev.tutti.worker.golden.NpyFile;
import dev.tutti.worker.keras.read.KerasModelFile;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.proto.ConfigProto;

/** One model in the formats and under the names that different writers give it. */
class WritersTest {
  /** By a forward pass in NumPy, in float64. */
  private static final float[] ANSWERS = {0.3468091f, 0.3015148f, 0.3592156f};

  @ParameterizedTest
  @ValueSource(
      strings = {
        "base",
        "dense_attributes_ordered_links",
        "names_not_ascii",
        "slashes_in_names",
        "superblock2",
        "superblock3"
      })
  void answersDoNotDependOnTheWriter(String name) throws IOException {
    float[] input = NpyFile.read(Golden.path("writers/input.npy")).floats();
    try (KerasModelFile file = KerasModelFile.open(Golden.path("writers/" + name + ".h5"));
        PlainModel model =
            PlainModel.load(file.model(), file, ANSWERS.length, ConfigProto.getDefaultInstance())) {
      assertArrayEquals(ANSWERS, model.run(input), 1e-6f);
    }
  }
}
