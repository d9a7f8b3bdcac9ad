package dev.tutti.worker.graph;

import dev.tutti.core.content.ContentDigest;
import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.WeightSource;
import dev.tutti.worker.keras.WeightTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.security.MessageDigest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Reads a source in pieces that stay in a core's cache, and hashes them on the way. */
final class SourceReader implements WeightReader {
  private static final int PIECE_BYTES = 1 << 18;

  private final WeightSource source;
  private final Map<WeightTensor, ContentDigest> digests = new ConcurrentHashMap<>();

  SourceReader(WeightSource source) {
    this.source = source;
  }

  @Override
  public void read(WeightTensor weight, Consumer<ByteBuffer> pieces) throws ModelFileException {
    MessageDigest sha256 = ContentDigest.sha256();
    ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    FloatBuffer rest;
    synchronized (source) { // A model file is for one thread.
      rest = source.read(weight).duplicate();
    }
    while (rest.hasRemaining()) {
      int count = Math.min(PIECE_BYTES / Float.BYTES, rest.remaining());
      piece.clear().asFloatBuffer().put(rest.slice(rest.position(), count));
      rest.position(rest.position() + count);
      piece.limit(count * Float.BYTES);
      sha256.update(piece.duplicate());
      pieces.accept(piece);
    }
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
