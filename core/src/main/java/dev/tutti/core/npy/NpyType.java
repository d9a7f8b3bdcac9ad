package dev.tutti.core.npy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The kinds of numbers that are read, by NumPy's code without the byte order. NumPy's names of
 * them, such as {@code float32}, are understood as well.
 */
enum NpyType {
  BOOL("b1", 1),
  INT8("i1", 1),
  UINT8("u1", 1),
  INT16("i2", Short.BYTES),
  UINT16("u2", Short.BYTES),
  INT32("i4", Integer.BYTES),
  UINT32("u4", Integer.BYTES),
  INT64("i8", Long.BYTES),
  UINT64("u8", Long.BYTES),
  FLOAT16("f2", Short.BYTES),
  FLOAT32("f4", Float.BYTES),
  FLOAT64("f8", Double.BYTES);

  private static final int MANTISSA_16 = 10;
  private static final int EXPONENT_16 = 31;
  private static final int BIAS_16 = 15;

  private final String code;
  private final int width;

  NpyType(String code, int width) {
    this.code = code;
    this.width = width;
  }

  /** The type of a description such as {@code <f8}; empty where it is not supported. */
  static Optional<NpyType> of(String description) {
    String code = description.replaceFirst("^[<>|=]", "");
    return Arrays.stream(values())
        .filter(type -> type.code.equals(code) || type.name().toLowerCase(Locale.ROOT).equals(code))
        .findFirst();
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

  /**
   * The next number. It is NumPy's {@code astype(float64)}: exact, but for 64-bit integers beyond
   * 2^53, which are rounded to the nearest double. Of booleans, everything but 0 is 1.
   */
  double read(ByteBuffer from) {
    return switch (this) {
      case BOOL -> from.get() == 0 ? 0 : 1;
      case INT8 -> from.get();
      case UINT8 -> Byte.toUnsignedInt(from.get());
      case INT16 -> from.getShort();
      case UINT16 -> Short.toUnsignedInt(from.getShort());
      case INT32 -> from.getInt();
      case UINT32 -> Integer.toUnsignedLong(from.getInt());
      case INT64 -> (double) from.getLong();
      case UINT64 -> unsigned(from.getLong());
      case FLOAT16 -> half(from.getShort());
      case FLOAT32 -> from.getFloat();
      case FLOAT64 -> from.getDouble();
    };
  }

  /**
   * The lowest bit is kept when a number is halved to fit, so that it is rounded once and rightly.
   */
  private static double unsigned(long bits) {
    return bits >= 0 ? (double) bits : 2.0 * (bits >>> 1 | (bits & 1));
  }

  /** IEEE 754 binary16: a sign, 5 bits of exponent, 10 of mantissa. */
  private static double half(short bits) {
    int exponent = bits >> MANTISSA_16 & EXPONENT_16;
    int mantissa = bits & (1 << MANTISSA_16) - 1;
    double magnitude;
    if (exponent == EXPONENT_16) {
      magnitude = mantissa == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
    } else if (exponent == 0) {
      magnitude = Math.scalb((double) mantissa, 1 - BIAS_16 - MANTISSA_16);
    } else {
      magnitude =
          Math.scalb((double) (mantissa | 1 << MANTISSA_16), exponent - BIAS_16 - MANTISSA_16);
    }
    return bits < 0 ? -magnitude : magnitude;
  }
}
