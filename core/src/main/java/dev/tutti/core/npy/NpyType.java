package dev.tutti.core.npy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The kinds of numbers that are read, by NumPy's name without the byte order. */
enum NpyType {
  BOOL("b1", 1),
  INT8("i1", 1),
  UINT8("u1", 1),
  INT16("i2", Short.BYTES),
  INT32("i4", Integer.BYTES),
  INT64("i8", Long.BYTES),
  FLOAT32("f4", Float.BYTES),
  FLOAT64("f8", Double.BYTES);

  private final String code;
  private final int width;

  NpyType(String code, int width) {
    this.code = code;
    this.width = width;
  }

  /** The type of a description such as {@code <f8}; empty where it is not supported. */
  static Optional<NpyType> of(String description) {
    String code = description.replaceFirst("^[<>|=]", "");
    return Arrays.stream(values()).filter(type -> type.code.equals(code)).findFirst();
  }

  static ByteOrder order(String description) {
    return description.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
  }

  static String accepted() {
    return Arrays.stream(values()).map(type -> type.code).collect(Collectors.joining(", "));
  }

  int width() {
    return width;
  }

  /** The next number; 64-bit integers beyond 2^53 are rounded. */
  double read(ByteBuffer from) {
    return switch (this) {
      case BOOL, INT8 -> from.get();
      case UINT8 -> from.get() & 0xff;
      case INT16 -> from.getShort();
      case INT32 -> from.getInt();
      case INT64 -> (double) from.getLong();
      case FLOAT32 -> from.getFloat();
      case FLOAT64 -> from.getDouble();
    };
  }
}
