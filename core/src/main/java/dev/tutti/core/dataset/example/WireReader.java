package dev.tutti.core.dataset.example;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.LongStream;

/**
 * Goes through the fields of a protocol buffer message by its wire format alone. {@link #next()}
 * steps to a field; then its number and kind can be asked for and its value read. Lengths are
 * checked against the bytes there are.
 */
final class WireReader {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;
  private static final int MAX_VARINT_BITS = 64;

  private final ByteBuffer message;
  private int field;
  private int wireType;
  private long varint;
  private ByteBuffer value;

  WireReader(ByteBuffer message) {
    this.message = message.slice().order(ByteOrder.LITTLE_ENDIAN);
    this.value = this.message;
  }

  /** Steps to the next field; false at the end. */
  boolean next() throws MalformedMessageException {
    if (!message.hasRemaining()) {
      return false;
    }
    long tag = packedVarint();
    field = (int) (tag >>> 3);
    wireType = (int) tag & 7;
    switch (wireType) {
      case VARINT -> varint = packedVarint();
      case FIXED64 -> value = take(Long.BYTES);
      case BYTES -> value = take(packedVarint());
      case FIXED32 -> value = take(Integer.BYTES);
      default ->
          throw new MalformedMessageException(
              "wire type %d at byte %d".formatted(wireType, message.position()));
    }
    return true;
  }

  boolean isVarint(int number) {
    return field == number && wireType == VARINT;
  }

  boolean isBytes(int number) {
    return field == number && wireType == BYTES;
  }

  private boolean isFixed32(int number) {
    return field == number && wireType == FIXED32;
  }

  /** The value of a varint field. */
  long varint() {
    return varint;
  }

  /** The value of a length-delimited field. */
  ByteBuffer bytes() {
    return value;
  }

  /** The varint at the current position, as a packed list has them. */
  long packedVarint() throws MalformedMessageException {
    long result = 0;
    for (int shift = 0; shift < MAX_VARINT_BITS; shift += 7) {
      if (!message.hasRemaining()) {
        throw new MalformedMessageException("a number is cut at byte " + message.position());
      }
      byte next = message.get();
      result |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return result;
      }
    }
    throw new MalformedMessageException("a number is too long at byte " + message.position());
  }

  /** How many floats the rest of a list holds, packed or not. */
  int countFloats(int number) throws MalformedMessageException {
    int bytes = 0;
    while (next()) {
      if (isBytes(number) || isFixed32(number)) {
        bytes += value.remaining() / Float.BYTES * Float.BYTES;
      }
    }
    return bytes / Float.BYTES;
  }

  /** Reads as many floats as {@link #countFloats} counted. */
  void readFloats(int number, float[] floats) throws MalformedMessageException {
    int count = 0;
    while (next()) {
      if (isBytes(number) || isFixed32(number)) {
        int here = value.remaining() / Float.BYTES;
        value.asFloatBuffer().get(floats, count, here);
        count += here;
      }
    }
  }

  /** Reads the numbers of the rest of a list of varints, packed or not. */
  long[] readVarints(int number) throws MalformedMessageException {
    LongStream.Builder numbers = LongStream.builder();
    while (next()) {
      if (isVarint(number)) {
        numbers.add(varint);
      } else if (isBytes(number)) {
        WireReader packed = new WireReader(value);
        while (packed.message.hasRemaining()) {
          numbers.add(packed.packedVarint());
        }
      }
    }
    return numbers.build().toArray();
  }

  private ByteBuffer take(long length) throws MalformedMessageException {
    if (length < 0 || length > message.remaining()) {
      throw new MalformedMessageException(
          "a field of %s bytes at byte %d, where %d are left"
              .formatted(Long.toUnsignedString(length), message.position(), message.remaining()));
    }
    ByteBuffer taken =
        message.slice(message.position(), (int) length).order(ByteOrder.LITTLE_ENDIAN);
    message.position(message.position() + (int) length);
    return taken;
  }
}
