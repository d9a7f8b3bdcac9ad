package dev.tutti.core.content;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What something contains, as a SHA-256 value: equal digests mean equal content for every practical
 * purpose, so a digest can be the key of a cache that strangers share.
 */
public final class ContentDigest {
  private static final int LENGTH = 32;

  private final byte[] bytes;

  private ContentDigest(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * The digest with these bytes, as {@link #toBytes()} gave them.
   *
   * @throws IllegalArgumentException unless there are 32
   */
  public static ContentDigest ofBytes(byte[] bytes) {
    if (bytes.length != LENGTH) {
      throw new IllegalArgumentException(
          "a content digest has %d bytes, not %d".formatted(LENGTH, bytes.length));
    }
    return new ContentDigest(bytes.clone());
  }

  public static Builder builder() {
    return new Builder();
  }

  /** The hash function itself, for content that is taken as it is, without lengths. */
  public static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform must have SHA-256", e);
    }
  }

  /** The 32 bytes, a copy. */
  public byte[] toBytes() {
    return bytes.clone();
  }

  /** The 64 lower-case hexadecimal digits. */
  public String hex() {
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ContentDigest that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    // Any four bytes of a SHA-256 value are as good a hash as any other.
    return ByteBuffer.wrap(bytes).getInt();
  }

  @Override
  public String toString() {
    return hex();
  }

  /**
   * Collects content piece by piece. Numbers are taken as little-endian bytes; a piece of variable
   * length is preceded by its length in bytes, so that two lists of pieces collide only where they
   * are equal. An array of floats counts as the bytes it would have in a little-endian file. A
   * builder is for one thread and one digest.
   */
  public static final class Builder {
    private static final int CHUNK_FLOATS = 2048;

    private final MessageDigest sha256 = ContentDigest.sha256();
    private final ByteBuffer chunk =
        ByteBuffer.allocate(CHUNK_FLOATS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);

    private Builder() {}

    /** Adds text as UTF-8. */
    public Builder add(String text) {
      return add(text.getBytes(StandardCharsets.UTF_8));
    }

    public Builder add(int value) {
      return flush(chunk.clear().putInt(value));
    }

    public Builder add(long value) {
      return flush(chunk.clear().putLong(value));
    }

    public Builder add(byte[] bytes) {
      return add(ByteBuffer.wrap(bytes));
    }

    /** Adds the bytes between position and limit; the buffer's position stays where it is. */
    public Builder add(ByteBuffer bytes) {
      add((long) bytes.remaining());
      sha256.update(bytes.duplicate());
      return this;
    }

    public Builder add(float[] values) {
      add((long) values.length * Float.BYTES);
      for (int start = 0; start < values.length; start += CHUNK_FLOATS) {
        int count = Math.min(CHUNK_FLOATS, values.length - start);
        chunk.clear().asFloatBuffer().put(values, start, count);
        flush(chunk.position(count * Float.BYTES));
      }
      return this;
    }

    /** The digest of everything added; the builder must not be used again. */
    public ContentDigest build() {
      return new ContentDigest(sha256.digest());
    }

    private Builder flush(ByteBuffer filled) {
      sha256.update(filled.flip());
      return this;
    }
  }
}
