package dev.tutti.worker.graph;

import dev.tutti.core.content.ContentDigest;
import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.layer.WeightSource;
import dev.tutti.worker.keras.layer.WeightTensor;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Hashes each weight of a source the first time it is read. */
final class SourceReader implements WeightReader {
  private final WeightSource source;
  private final Map<WeightTensor, ContentDigest> digests = new ConcurrentHashMap<>();

  SourceReader(WeightSource source) {
    this.source = source;
  }

  @Override
  public void read(WeightTensor weight, Consumer<ByteBuffer> pieces) throws ModelFileException {
    if (digests.containsKey(weight)) {
      source.read(weight, pieces);
      return;
    }
    MessageDigest sha256 = ContentDigest.sha256();
    source.read(
        weight,
        piece -> {
          sha256.update(piece.duplicate());
          pieces.accept(piece);
        });
    digests.put(weight, ContentDigest.ofBytes(sha256.digest()));
  }

  @Override
  public ContentDigest digest(WeightTensor weight) throws ModelFileException {
    if (!digests.containsKey(weight)) {
      read(weight, piece -> {});
    }
    return digests.get(weight);
  }
}
