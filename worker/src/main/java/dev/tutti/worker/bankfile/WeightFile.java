package dev.tutti.worker.bankfile;

import dev.tutti.core.content.ContentDigest;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * {@code weights.bin}: raw little-endian float32 tensors, each from a multiple of {@value
 * #ALIGNMENT} bytes on, behind one page with the format's name. Where they lie stands in the
 * manifest.
 */
final class WeightFile implements Closeable {
  static final String NAME = "weights.bin";

  /** Tensors begin at multiples of this: a page. */
  static final int ALIGNMENT = 4096;

  static final byte[] MAGIC = "TUTTI WEIGHTS 1\n".getBytes(StandardCharsets.US_ASCII);

  /** Small enough to stay in a core's cache between the steps that look at it. */
  private static final int CHUNK = 1 << 18;

  private final Path path;
  private final FileChannel channel;
  private final long length;

  /** Takes the bytes of a tensor piece by piece; the pieces' lengths are multiples of four. */
  @FunctionalInterface
  interface Sink {
    void accept(ByteBuffer piece) throws BankFileException;
  }

  private WeightFile(Path path, FileChannel channel, long length) {
    this.path = path;
    this.channel = channel;
    this.length = length;
  }

  static WeightFile open(Path path) throws BankFileException {
    try {
      FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
      WeightFile file = new WeightFile(path, channel, channel.size());
      ByteBuffer magic = ByteBuffer.allocate(MAGIC.length);
      if (channel.read(magic, 0) != MAGIC.length || !magic.flip().equals(ByteBuffer.wrap(MAGIC))) {
        channel.close();
        throw new BankFileException(path + " is not a weight file of this format.");
      }
      return file;
    } catch (BankFileException e) {
      throw e;
    } catch (IOException e) {
      throw new BankFileException(path + " cannot be read: " + e, e);
    }
  }

  /** Refuses an entry that does not lie in the file. */
  void check(TensorEntry entry) throws BankFileException {
    boolean aligned = entry.offset() >= ALIGNMENT && entry.offset() % ALIGNMENT == 0;
    if (!aligned || entry.bytes() < 0 || entry.bytes() > length - entry.offset()) {
      throw new BankFileException(
          "%s: %s of %s would lie at byte %d of %d"
              .formatted(
                  path, entry.weight().role(), entry.weight().layer(), entry.offset(), length));
    }
  }

  /**
   * Reads a checked entry and compares its digest when all was handed on. Safe for several threads.
   */
  void read(TensorEntry entry, Sink sink) throws BankFileException {
    MessageDigest digest = ContentDigest.sha256();
    ByteBuffer chunk = ByteBuffer.allocateDirect((int) Math.min(CHUNK, Math.max(entry.bytes(), 1)));
    long end = entry.offset() + entry.bytes();
    for (long at = entry.offset(); at < end; at += chunk.limit()) {
      chunk.clear().limit((int) Math.min(chunk.capacity(), end - at));
      fill(chunk, at);
      digest.update(chunk.duplicate());
      sink.accept(chunk);
    }
    String found = HexFormat.of().formatHex(digest.digest());
    if (!found.equals(entry.sha256())) {
      throw new BankFileException(
          "%s: %s of %s is damaged: its SHA-256 is %s, not %s"
              .formatted(
                  path, entry.weight().role(), entry.weight().layer(), found, entry.sha256()));
    }
  }

  private void fill(ByteBuffer chunk, long offset) throws BankFileException {
    try {
      while (chunk.hasRemaining()) {
        if (channel.read(chunk, offset + chunk.position()) < 0) {
          throw new BankFileException(path + " ends early.");
        }
      }
      chunk.flip();
    } catch (BankFileException e) {
      throw e;
    } catch (IOException e) {
      throw new BankFileException(path + " cannot be read: " + e, e);
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
