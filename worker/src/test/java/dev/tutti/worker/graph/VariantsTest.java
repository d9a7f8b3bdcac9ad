package dev.tutti.worker.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.core.spectrogram.StftParameters;
import dev.tutti.worker.bank.ModelBank;
import dev.tutti.worker.bank.ModelBankLoader;
import dev.tutti.worker.bank.input.BatchSizes;
import dev.tutti.worker.device.DeviceConfig;
import dev.tutti.worker.golden.Golden;
import dev.tutti.worker.golden.NpyFile;
import dev.tutti.worker.golden.SameBits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VariantsTest {
  private static final int ROW_BYTES = 65 * 30 * Float.BYTES;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "activation_layer",
        "conv_no_bias",
        "functional",
        "gap_head",
        "leaky_relu_layer",
        "no_bn",
        "no_input_layer",
        "strides2_same",
        "valid_padding",
        "contiguous_fixed_length_strings",
        "gzip_chunked",
        "no_training_config_no_optimizer",
        "keras3_functional",
        "keras3_gap_head"
      })
  void answersAsKerasDoesWhateverTheBatch(String name, @TempDir Path folder) throws IOException {
    Golden.install(Golden.path("variants/" + name + ".h5"), folder, InstrumentFamily.BASS);
    List<ByteBuffer> rows =
        NpyFile.read(Golden.path("variants/" + name + ".input.npy")).rows(ROW_BYTES);
    float[] expected = NpyFile.read(Golden.path("variants/" + name + ".expected.npy")).floats();
    ModelBankLoader loader =
        new ModelBankLoader(
            StftParameters.nsynth(),
            BatchSizes.of(1, 2, 4, 8),
            new DeviceConfig(2, 1, Optional.empty()));
    try (ModelBank bank = loader.load(folder)) {
      float[] together = bank.infer(rows).probabilities();
      assertArrayEquals(expected, together, 1e-5f);
      for (int row = 0; row < rows.size(); row++) {
        float alone = bank.infer(rows.subList(row, row + 1)).probabilities()[0];
        SameBits.check(together[row], alone, "row " + row);
        float last = bank.infer(rows.subList(0, row + 1)).probabilities()[row];
        SameBits.check(together[row], last, "row " + row);
      }
    }
  }
}
