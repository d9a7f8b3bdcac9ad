package dev.tutti.worker.graph;

import dev.tutti.core.content.ContentDigest;
import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.WeightSource;
import dev.tutti.worker.keras.WeightTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.security.MessageDigest;
import java.util.function.Consumer;

/** Reads weights piece by piece, so that a large one need not stand in memory twice. */
public interface WeightReader {
  /**
   * Hands on the numbers of a weight as little-endian float32 bytes, in row-major order. A piece
   * may be changed once the consumer returns.
   *
   * @throws ModelFileException if they cannot be read, or one of them is NaN or infinite; some
   *     pieces may have been handed on before
   */
  void read(WeightTensor weight, Consumer<ByteBuffer> pieces) throws ModelFileException;

  /** The SHA-256 value of the bytes of a weight. */
  default ContentDigest digest(WeightTensor weight) throws ModelFileException {
    MessageDigest sha256 = ContentDigest.sha256();
    read(weight, piece -> sha256.update(piece.duplicate()));
    return ContentDigest.ofBytes(sha256.digest());
  }

  /** Cuts what a source has into pieces; a source that does so itself is left alone. */
  static WeightReader of(WeightSource source) {
    return source instanceof WeightReader reader
        ? reader
        : (weight, pieces) -> readInPieces(source.read(weight), pieces);
  }

  private static void readInPieces(FloatBuffer numbers, Consumer<ByteBuffer> pieces) {
    ByteBuffer piece = ByteBuffer.allocateDirect(1 << 18).order(ByteOrder.LITTLE_ENDIAN);
    FloatBuffer rest = numbers.duplicate();
    while (rest.hasRemaining()) {
      int count = Math.min(piece.capacity() / Float.BYTES, rest.remaining());
      piece.clear().asFloatBuffer().put(rest.slice(rest.position(), count));
      rest.position(rest.position() + count);
      pieces.accept(piece.limit(count * Float.BYTES));
    }
  }
}
