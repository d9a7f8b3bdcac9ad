package dev.tutti.worker.keras.layer;

import dev.tutti.worker.keras.BrokenModelException;
import dev.tutti.worker.keras.ModelFileException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.function.Consumer;

/** Where the numbers of weights come from: a model file, or memory. Safe for several threads. */
@FunctionalInterface
public interface WeightSource {
  /** Small enough to stay in a core's cache between the steps that look at it. */
  int PIECE_BYTES = 1 << 18;

  /**
   * All numbers of a weight in row-major order; the caller does not change them.
   *
   * @throws BrokenModelException if they cannot be read, or one of them is NaN or infinite
   */
  FloatBuffer read(WeightTensor weight) throws ModelFileException;

  /**
   * Hands on the numbers of a weight as little-endian float32 bytes, in row-major order. A piece
   * may be changed once the consumer returns.
   *
   * @throws BrokenModelException as above; some pieces may have been handed on before
   */
  default void read(WeightTensor weight, Consumer<ByteBuffer> pieces) throws ModelFileException {
    FloatBuffer rest = read(weight).duplicate();
    ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    while (rest.hasRemaining()) {
      int count = Math.min(PIECE_BYTES / Float.BYTES, rest.remaining());
      piece.clear().asFloatBuffer().put(rest.slice(rest.position(), count));
      rest.position(rest.position() + count);
      piece.limit(count * Float.BYTES);
      pieces.accept(piece);
    }
  }
}
