package dev.tutti.worker.keras.read;

import dev.tutti.worker.keras.BrokenModelException;
import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.Place;
import dev.tutti.worker.keras.layer.FiniteFloats;
import dev.tutti.worker.keras.layer.WeightSource;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/**
 * Reads numbers out of a file that is mapped as well. What is read through a mapping stays in the
 * process's resident memory until the garbage collector unmaps the file; what is read here does
 * not.
 */
final class NumberFile implements Closeable {
  private final FileChannel channel;

  private NumberFile(FileChannel channel) {
    this.channel = channel;
  }

  static NumberFile open(Path path, Place place) throws ModelFileException {
    try {
      return new NumberFile(FileChannel.open(path, StandardOpenOption.READ));
    } catch (IOException e) {
      throw place.broken("cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Hands on little-endian float32 numbers, piece by piece.
   *
   * @throws BrokenModelException if the file ends early, or a number is NaN or infinite
   */
  void read(long from, long bytes, Consumer<ByteBuffer> pieces, Place place)
      throws ModelFileException {
    ByteBuffer piece =
        ByteBuffer.allocateDirect(WeightSource.PIECE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (long done = 0; done < bytes; done += piece.limit()) {
      piece.clear().limit((int) Math.min(piece.capacity(), bytes - done));
      fill(piece, from + done, place);
      requireFinite(piece, done / Float.BYTES, place);
      pieces.accept(piece);
    }
  }

  private void fill(ByteBuffer piece, long from, Place place) throws ModelFileException {
    try {
      while (piece.hasRemaining()) {
        if (channel.read(piece, from + piece.position()) < 0) {
          throw place.broken("was cut while it was read");
        }
      }
      piece.flip();
    } catch (ModelFileException e) {
      throw e;
    } catch (IOException e) {
      throw place.broken("cannot be read: " + e.getMessage(), e);
    }
  }

  private static void requireFinite(ByteBuffer piece, long first, Place place)
      throws ModelFileException {
    int other = FiniteFloats.firstOther(piece);
    if (other >= 0) {
      throw place.broken(
          "holds %s at index %d".formatted(piece.getFloat(other * Float.BYTES), first + other));
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
