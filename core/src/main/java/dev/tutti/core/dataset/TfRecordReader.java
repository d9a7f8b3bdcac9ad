package dev.tutti.core.dataset;

import dev.tutti.core.file.FileFailures;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32C;
import java.util.zip.GZIPInputStream;

/**
 * Reads the records of a TFRecord file, plain or compressed as a whole with gzip, verifying both
 * checksums of each:
 *
 * <pre>
 * uint64 length | uint32 masked crc32c of the length | data | uint32 masked crc32c of the data
 * </pre>
 *
 * <p>all little-endian, masked = (crc rotated right by 15) + 0xA282EAD8. Memory grows with the
 * bytes that arrive, not with the length that a record claims. Offsets in a compressed file count
 * decompressed bytes, and reaching one costs decompressing all before it.
 */
final class TfRecordReader implements Closeable {
  private static final int HEADER = Long.BYTES + Integer.BYTES;
  private static final int FOOTER = Integer.BYTES;
  private static final int MASK_ROTATION = 15;
  private static final int MASK_DELTA = 0xA282EAD8;
  private static final int BUFFER = 1 << 16;

  /** A note of 4 s has 256 kB: far longer records are none of ours. */
  private static final int MAX_LENGTH = 1 << 28;

  private final Path file;
  private final InputStream in;
  private long index;
  private long offset;

  /** Whether nothing can be found any more: where a record ends is known from its length alone. */
  private boolean ended;

  TfRecordReader(Path file) throws DatasetException {
    this(file, 0, 0);
  }

  private TfRecordReader(Path file, long index, long offset) throws DatasetException {
    this.file = file;
    this.index = index;
    this.offset = offset;
    try {
      in = open(file, offset);
    } catch (IOException e) {
      throw new DatasetException("%s cannot be opened: %s".formatted(file, e), e);
    }
  }

  private static InputStream open(Path file, long offset) throws IOException {
    InputStream stream = new FileInputStream(file.toFile());
    try {
      InputStream bytes = new BufferedInputStream(stream, BUFFER);
      bytes.mark(Short.BYTES);
      int magic = bytes.read() | bytes.read() << Byte.SIZE;
      bytes.reset();
      if (magic == GZIPInputStream.GZIP_MAGIC) {
        bytes = new GZIPInputStream(bytes, BUFFER);
      }
      bytes.skipNBytes(offset);
      return bytes;
    } catch (IOException e) {
      stream.close();
      throw e;
    }
  }

  /** Reads one record, known to start at an offset. */
  static TfRecord readAt(Path file, long index, long offset) throws DatasetException {
    try (TfRecordReader reader = new TfRecordReader(file, index, offset)) {
      return reader
          .next()
          .orElseThrow(() -> TfRecord.broken(file, index, offset, "is no longer there"));
    }
  }

  /**
   * The next record, or empty at the end of the file. After an exception the next call goes on
   * behind the broken record, or finds the end where that cannot be found.
   */
  Optional<TfRecord> next() throws DatasetException {
    if (ended) {
      return Optional.empty();
    }
    ended = true;
    int length = readLength();
    if (length < 0) {
      return Optional.empty();
    }
    ByteBuffer body = read(length + FOOTER);
    if (body.remaining() < length + FOOTER) {
      throw broken(
          "truncated: the record claims %d bytes and a checksum, the file has %d bytes left"
              .formatted(length, body.remaining()));
    }
    ByteBuffer data = body.slice(0, length).order(ByteOrder.LITTLE_ENDIAN);
    TfRecord record = new TfRecord(file, index, offset, data);
    ended = false;
    index++;
    offset += HEADER + length + FOOTER;
    if (masked(data.duplicate()) != body.getInt(length)) {
      throw record.broken("the data checksum is wrong");
    }
    return Optional.of(record);
  }

  /** The length of the next record, or -1 at the end of the file. */
  private int readLength() throws DatasetException {
    ByteBuffer header = read(HEADER);
    if (!header.hasRemaining()) {
      return -1;
    }
    if (header.remaining() < HEADER) {
      throw broken("truncated: the file ends within the record's header");
    }
    long length = header.getLong(0);
    if (masked(header.slice(0, Long.BYTES)) != header.getInt(Long.BYTES)) {
      throw broken(
          "the length checksum is wrong"
              + (offset == 0 ? ": this is no TFRecord file, or a damaged one" : ""));
    }
    if (length < 0 || length > MAX_LENGTH) {
      throw broken(
          "the record claims %s bytes; accepted are up to %d"
              .formatted(Long.toUnsignedString(length), MAX_LENGTH));
    }
    return (int) length;
  }

  @Override
  public void close() throws DatasetException {
    try {
      in.close();
    } catch (IOException e) {
      throw new DatasetException("%s cannot be closed: %s".formatted(file, e), e);
    }
  }

  /** The next bytes: {@code count}, or those left. */
  private ByteBuffer read(int count) throws DatasetException {
    try {
      return ByteBuffer.wrap(in.readNBytes(count)).order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw new DatasetException(
          broken("cannot be read: " + FileFailures.reason(e)).getMessage(), e);
    }
  }

  private static int masked(ByteBuffer bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return Integer.rotateRight((int) crc.getValue(), MASK_ROTATION) + MASK_DELTA;
  }

  private DatasetException broken(String reason) {
    return TfRecord.broken(file, index, offset, reason);
  }
}
