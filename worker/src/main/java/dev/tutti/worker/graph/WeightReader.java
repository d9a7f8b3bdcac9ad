package dev.tutti.worker.graph;

import dev.tutti.core.content.ContentDigest;
import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.layer.WeightSource;
import dev.tutti.worker.keras.layer.WeightTensor;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Reads weights piece by piece, so that a large one need not stand in memory twice. Safe for
 * several threads.
 */
public interface WeightReader {
  /**
   * Hands on the numbers of a weight as little-endian float32 bytes, in row-major order. A piece
   * may be changed once the consumer returns.
   *
   * @throws ModelFileException if they cannot be read, or one of them is NaN or infinite; some
   *     pieces may have been handed on before
   */
  void read(WeightTensor weight, Consumer<ByteBuffer> pieces) throws ModelFileException;

  /** The SHA-256 value of these bytes; cheap for a weight that was read. */
  ContentDigest digest(WeightTensor weight) throws ModelFileException;

  /** Cuts what a source has into pieces; a source that does so itself is left alone. */
  static WeightReader of(WeightSource source) {
    return source instanceof WeightReader reader ? reader : new SourceReader(source);
  }
}
