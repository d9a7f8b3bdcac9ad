package dev.tutti.core.audio.pcm;

import dev.tutti.core.audio.InvalidAudioException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * The chunks of a RIFF or IFF file, in the buffer's byte order. The size in the file's own header
 * is ignored, as writers often leave it wrong. A chunk starts at an even offset: an odd size is
 * followed by a byte of padding, unless the next chunk's id shows that the writer left it out.
 */
public final class Chunks implements Iterator<Chunks.Chunk> {
  /** Id, size and kind of the whole file. */
  static final int FILE_HEADER = 12;

  static final int CHUNK_HEADER = 8;
  private static final int ID_LENGTH = 4;

  /** Chunks that are looked for behind others. */
  private static final Set<String> NEEDED = Set.of("fmt ", "data", "COMM", "SSND");

  /**
   * A chunk.
   *
   * @param start of its content
   * @param size of its content as the file says; may reach past the end of the file
   */
  record Chunk(String id, int start, long size) {
    /** Where its header stands. */
    int offset() {
      return start - CHUNK_HEADER;
    }

    long end() {
      return start + size;
    }
  }

  private final ByteBuffer file;
  private long next;

  Chunks(ByteBuffer file, long firstChunk) {
    this.file = file;
    this.next = firstChunk;
  }

  @Override
  public boolean hasNext() {
    return next + CHUNK_HEADER <= file.limit();
  }

  @Override
  public Chunk next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no chunk at byte " + next);
    }
    int offset = (int) next;
    long size = Integer.toUnsignedLong(file.getInt(offset + ID_LENGTH));
    Chunk chunk = new Chunk(id(file, offset), offset + CHUNK_HEADER, size);
    next = chunk.end() + (size % 2 == 0 || isUnpadded(chunk.end()) ? 0 : 1);
    return chunk;
  }

  /** What to say where a chunk that stands once in a file comes again. */
  static InvalidAudioException another(String kind, Chunk chunk) {
    return new InvalidAudioException(
        "the %s file is broken or joined of several: another \"%s\" chunk stands at byte %d"
            .formatted(kind, chunk.id(), chunk.offset()));
  }

  /** Whether whole chunks, and at least one, fill a file from an offset to its end. */
  static boolean fill(ByteBuffer file, int offset) {
    Chunks chunks = new Chunks(file, offset);
    boolean printable = chunks.hasNext();
    while (printable && chunks.hasNext()) {
      printable = chunks.isId(chunks.next);
      chunks.next();
    }
    return printable && (chunks.next == file.limit() || chunks.next == file.limit() + 1L);
  }

  /** Whether an id stands where the byte of padding should: its first letter is not zero. */
  private boolean isUnpadded(long end) {
    return end + CHUNK_HEADER < file.limit()
        && file.get((int) end) != 0
        && isId(end)
        && !NEEDED.contains(id(file, (int) end + 1));
  }

  private boolean isId(long offset) {
    if (offset + ID_LENGTH > file.limit()) {
      return offset == file.limit();
    }
    return id(file, (int) offset).chars().allMatch(c -> c >= ' ' && c <= '~');
  }

  /** The four characters at an offset; fewer at the end of the file. */
  public static String id(ByteBuffer file, int offset) {
    byte[] id = new byte[Math.max(0, Math.min(ID_LENGTH, file.limit() - offset))];
    file.get(Math.min(offset, file.limit()), id);
    return new String(id, StandardCharsets.ISO_8859_1);
  }
}
