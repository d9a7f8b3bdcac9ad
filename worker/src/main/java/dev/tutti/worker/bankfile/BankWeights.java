package dev.tutti.worker.bankfile;

import dev.tutti.core.content.ContentDigest;
import dev.tutti.worker.graph.WeightReader;
import dev.tutti.worker.keras.BrokenModelException;
import dev.tutti.worker.keras.layer.FiniteFloats;
import dev.tutti.worker.keras.layer.WeightSource;
import dev.tutti.worker.keras.layer.WeightTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Consumer;

/** The numbers of one family's model in a bank. Safe for several threads. */
public final class BankWeights implements WeightSource, WeightReader {
  private final WeightFile file;
  private final Map<WeightTensor, TensorEntry> entries = new HashMap<>();

  BankWeights(WeightFile file, FamilyEntry family) {
    this.file = file;
    family.tensors().forEach(entry -> entries.put(entry.weight(), entry));
  }

  @Override
  public void read(WeightTensor weight, Consumer<ByteBuffer> pieces) throws BrokenModelException {
    try {
      file.read(
          entries.get(weight),
          piece -> {
            if (FiniteFloats.firstOther(piece) >= 0) {
              throw new BankFileException(weight + " holds numbers that are not finite");
            }
            pieces.accept(piece);
          });
    } catch (BankFileException e) {
      throw new BrokenModelException(e.getMessage(), e);
    }
  }

  @Override
  public FloatBuffer read(WeightTensor weight) throws BrokenModelException {
    int bytes = Math.toIntExact(entries.get(weight).bytes());
    ByteBuffer all = ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
    read(weight, all::put);
    return all.flip().asFloatBuffer();
  }

  /** As the manifest has it; reading compares it. */
  @Override
  public ContentDigest digest(WeightTensor weight) {
    return ContentDigest.ofBytes(HexFormat.of().parseHex(entries.get(weight).sha256()));
  }
}
