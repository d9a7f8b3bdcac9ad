package dev.tutti.core.audio.pcm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Every way in which the files we read store a sample, in the byte order of the buffer it is read
 * from. Integers of fewer bits than their bytes have are left-justified, so that they read as full
 * bytes do.
 */
enum PcmEncoding {
  UINT8(1) {
    @Override
    double read(ByteBuffer bytes, int offset) {
      return ((bytes.get(offset) & 0xFF) - 0x80) * 0x1p-7;
    }
  },
  INT8(1) {
    @Override
    double read(ByteBuffer bytes, int offset) {
      return bytes.get(offset) * 0x1p-7;
    }
  },
  INT16(2) {
    @Override
    double read(ByteBuffer bytes, int offset) {
      return bytes.getShort(offset) * 0x1p-15;
    }
  },
  INT24(3) {
    @Override
    double read(ByteBuffer bytes, int offset) {
      boolean little = bytes.order() == ByteOrder.LITTLE_ENDIAN;
      int high = bytes.get(little ? offset + 2 : offset);
      int low = bytes.getShort(little ? offset : offset + 1) & 0xFFFF;
      return (high << 16 | low) * 0x1p-23;
    }
  },
  INT32(4) {
    @Override
    double read(ByteBuffer bytes, int offset) {
      return bytes.getInt(offset) * 0x1p-31;
    }
  },
  FLOAT32(4) {
    @Override
    double read(ByteBuffer bytes, int offset) {
      return bytes.getFloat(offset);
    }
  },
  FLOAT64(8) {
    @Override
    double read(ByteBuffer bytes, int offset) {
      return bytes.getDouble(offset);
    }
  },
  /** Mu-law of ITU-T G.711: sign, exponent and four bits of mantissa, all inverted. */
  MU_LAW(1) {
    @Override
    double read(ByteBuffer bytes, int offset) {
      int code = ~bytes.get(offset);
      int size = ((((code & 0x0F) << 3) + 0x84) << (code >> 4 & 7)) - 0x84;
      return ((code & 0x80) == 0 ? size : -size) * 0x1p-15;
    }
  },
  /**
   * A-law of ITU-T G.711: as mu-law, but linear in the lowest step, and every second bit inverted.
   */
  A_LAW(1) {
    @Override
    double read(ByteBuffer bytes, int offset) {
      int code = bytes.get(offset) ^ 0x55;
      int exponent = code >> 4 & 7;
      int mantissa = (code & 0x0F) << 4 | 8;
      int size = exponent == 0 ? mantissa : (mantissa + 0x100) << (exponent - 1);
      return ((code & 0x80) == 0 ? -size : size) * 0x1p-15;
    }
  };

  private final int bytes;

  PcmEncoding(int bytes) {
    this.bytes = bytes;
  }

  /** Signed integers of so many bytes, 1 to 4. */
  static PcmEncoding signed(int bytes) {
    return switch (bytes) {
      case 1 -> INT8;
      case 2 -> INT16;
      case 3 -> INT24;
      case 4 -> INT32;
      default -> throw new IllegalArgumentException("integers of " + bytes + " bytes");
    };
  }

  /** Bytes a sample. */
  int bytes() {
    return bytes;
  }

  /** The sample at an offset of a buffer, full scale -1..1. */
  abstract double read(ByteBuffer bytes, int offset);
}
