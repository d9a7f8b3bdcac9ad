package dev.tutti.worker.keras.read;

import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A zip archive that nobody vouches for (PKWARE's APPNOTE 6.3, without its 64-bit sizes). Stored
 * entries are views into the file. Deflated ones are written to a temporary file, within limits
 * that do not depend on what the archive claims, and the file is gone once it is mapped.
 */
final class ZipArchive {
  private static final int END_SIGNATURE = 0x06054b50;
  private static final int CENTRAL_SIGNATURE = 0x02014b50;
  private static final int LOCAL_SIGNATURE = 0x04034b50;
  private static final int END_LENGTH = 22;
  private static final int CENTRAL_LENGTH = 46;
  private static final int LOCAL_LENGTH = 30;
  private static final int MAX_COMMENT = 0xffff;
  private static final int MAX_ENTRIES = 1000;
  private static final int STORED = 0;
  private static final int DEFLATED = 8;
  private static final int ENCRYPTED = 1;

  /** Weights hardly shrink; more than this is no weights. */
  private static final long MAX_COMPRESSION = 64;

  private static final long ALWAYS_ALLOWED = 1L << 24;
  private static final int CHUNK = 1 << 16;

  private final ByteBuffer bytes;
  private final Place place;
  private final Map<String, Entry> entries = new HashMap<>();

  private record Entry(int flags, int method, long stored, long length, long at) {}

  /** Reads the directory at the end of the archive. */
  ZipArchive(ByteBuffer bytes, Place place) throws ModelFileException {
    this.bytes = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    this.place = place;
    try {
      readDirectory(findEnd());
    } catch (IndexOutOfBoundsException e) {
      throw place.broken("is not an intact zip archive: its directory points outside", e);
    }
  }

  /** Whether a file begins as an archive does. */
  static boolean isOne(ByteBuffer bytes) {
    return bytes.limit() > Integer.BYTES
        && bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).getInt(0) == LOCAL_SIGNATURE;
  }

  /** The bytes of an entry. */
  ByteBuffer entry(String name) throws ModelFileException {
    Entry entry = entries.get(name);
    Place at = new Place(place.description() + "!" + name);
    if (entry == null) {
      throw at.broken("is missing; the archive holds " + entries.keySet());
    }
    if ((entry.flags() & ENCRYPTED) != 0) {
      throw at.unsupported("is encrypted");
    }
    ByteBuffer stored = stored(entry, at);
    return switch (entry.method()) {
      case STORED -> stored;
      case DEFLATED -> inflated(stored, entry, at);
      default -> throw at.unsupported("is compressed by method " + entry.method());
    };
  }

  private int findEnd() throws ModelFileException {
    int last = bytes.limit() - END_LENGTH;
    for (int at = last; at >= Math.max(0, last - MAX_COMMENT); at--) {
      if (bytes.getInt(at) == END_SIGNATURE) {
        return at;
      }
    }
    throw place.broken("is not an intact zip archive: it has no end");
  }

  private void readDirectory(int end) throws ModelFileException {
    int count = bytes.getShort(end + 10) & 0xffff;
    long at = bytes.getInt(end + 16) & 0xffffffffL;
    if (count > MAX_ENTRIES) {
      throw place.unsupported("is an archive of " + count + " entries");
    }
    for (int i = 0; i < count; i++) {
      int head = index(at);
      if (bytes.getInt(head) != CENTRAL_SIGNATURE) {
        throw place.broken("is not an intact zip archive: entry " + i + " is missing");
      }
      int nameLength = bytes.getShort(head + 28) & 0xffff;
      byte[] name = new byte[nameLength];
      bytes.get(head + CENTRAL_LENGTH, name);
      Entry entry =
          new Entry(
              bytes.getShort(head + 8),
              bytes.getShort(head + 10),
              bytes.getInt(head + 20) & 0xffffffffL,
              bytes.getInt(head + 24) & 0xffffffffL,
              bytes.getInt(head + 42) & 0xffffffffL);
      if (entries.put(new String(name, StandardCharsets.UTF_8), entry) != null) {
        throw place.broken("is an archive with two entries of one name");
      }
      at +=
          CENTRAL_LENGTH
              + nameLength
              + (bytes.getShort(head + 30) & 0xffff)
              + (bytes.getShort(head + 32) & 0xffff);
    }
  }

  private ByteBuffer stored(Entry entry, Place at) throws ModelFileException {
    try {
      int head = index(entry.at());
      if (bytes.getInt(head) != LOCAL_SIGNATURE) {
        throw at.broken("is not where the archive's directory says");
      }
      int start =
          head
              + LOCAL_LENGTH
              + (bytes.getShort(head + 26) & 0xffff)
              + (bytes.getShort(head + 28) & 0xffff);
      return bytes.slice(start, index(entry.stored()));
    } catch (IndexOutOfBoundsException e) {
      throw at.broken("lies outside the archive", e);
    }
  }

  private static ByteBuffer inflated(ByteBuffer stored, Entry entry, Place at)
      throws ModelFileException {
    long limit = Math.max(ALWAYS_ALLOWED, stored.limit() * MAX_COMPRESSION);
    if (entry.length() > limit) {
      throw at.unsupported(
          "claims %d bytes in %d compressed ones".formatted(entry.length(), stored.limit()));
    }
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(stored);
      Path file = Files.createTempFile("tutti", ".inflated");
      try (FileChannel channel =
          FileChannel.open(
              file,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE)) {
        long length = inflate(inflater, channel, entry.length());
        if (length != entry.length() || length == 0) {
          throw at.broken("holds other than the %d bytes that it claims".formatted(entry.length()));
        }
        return channel.map(FileChannel.MapMode.READ_ONLY, 0, length);
      }
    } catch (DataFormatException e) {
      throw at.broken("is not what deflate writes: " + e.getMessage(), e);
    } catch (ModelFileException e) {
      throw e;
    } catch (IOException e) {
      throw at.broken("cannot be unpacked: " + e.getMessage(), e);
    } finally {
      inflater.end();
    }
  }

  private static long inflate(Inflater inflater, FileChannel out, long limit)
      throws DataFormatException, IOException {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    long length = 0;
    while (!inflater.finished() && length <= limit) {
      chunk.clear();
      int count = inflater.inflate(chunk);
      if (count == 0 && !inflater.finished()) {
        return -1;
      }
      length += count;
      chunk.flip();
      while (chunk.hasRemaining()) {
        out.write(chunk);
      }
    }
    return length;
  }

  private static int index(long position) {
    if (position > Integer.MAX_VALUE) {
      throw new IndexOutOfBoundsException();
    }
    return (int) position;
  }
}
