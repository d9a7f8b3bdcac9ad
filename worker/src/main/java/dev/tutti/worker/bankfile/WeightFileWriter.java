package dev.tutti.worker.bankfile;

import dev.tutti.core.content.ContentDigest;
import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.layer.WeightSource;
import dev.tutti.worker.keras.layer.WeightTensor;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** Writes a {@link WeightFile}. Tensors of equal numbers are stored once. */
final class WeightFileWriter implements Closeable {
  private static final int CHUNK_FLOATS = 1 << 16;

  private final FileChannel channel;
  private final Map<String, Long> stored = new HashMap<>();
  private final ByteBuffer chunk =
      ByteBuffer.allocateDirect(CHUNK_FLOATS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private long end;

  WeightFileWriter(Path path) throws IOException {
    channel = FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
    channel.write(ByteBuffer.wrap(WeightFile.MAGIC), 0);
    end = WeightFile.ALIGNMENT;
  }

  TensorEntry add(WeightTensor weight, WeightSource source) throws ModelFileException, IOException {
    FloatBuffer numbers = source.read(weight);
    if (numbers.remaining() != weight.shape().elements()) {
      throw new IllegalArgumentException(
          "%s has %d numbers".formatted(weight, numbers.remaining()));
    }
    MessageDigest digest = ContentDigest.sha256();
    long at = end;
    while (numbers.hasRemaining()) {
      int count = Math.min(CHUNK_FLOATS, numbers.remaining());
      chunk.clear().asFloatBuffer().put(numbers.slice(numbers.position(), count));
      numbers.position(numbers.position() + count);
      chunk.limit(count * Float.BYTES);
      digest.update(chunk.duplicate());
      while (chunk.hasRemaining()) {
        at += channel.write(chunk, at);
      }
    }
    String sha256 = HexFormat.of().formatHex(digest.digest());
    Long twin = stored.putIfAbsent(sha256, end);
    if (twin != null) {
      channel.truncate(end); // The same numbers are there already.
      return new TensorEntry(weight, twin, sha256);
    }
    TensorEntry entry = new TensorEntry(weight, end, sha256);
    end = (at + WeightFile.ALIGNMENT - 1) / WeightFile.ALIGNMENT * WeightFile.ALIGNMENT;
    return entry;
  }

  @Override
  public void close() throws IOException {
    channel.force(true);
    channel.close();
  }
}
