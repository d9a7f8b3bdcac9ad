package dev.tutti.core.audio;

import java.nio.ByteBuffer;

/** Every way in which the files we read store a little-endian sample. */
enum PcmEncoding {
  UINT8(1) {
    @Override
    double read(ByteBuffer bytes, int offset) {
      return ((bytes.get(offset) & 0xFF) - 0x80) * 0x1p-7;
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
      int low = bytes.getShort(offset) & 0xFFFF;
      return (bytes.get(offset + 2) << 16 | low) * 0x1p-23;
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
  };

  private final int bytes;

  PcmEncoding(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes a sample. */
  int bytes() {
    return bytes;
  }

  /** The sample at an offset of a little-endian buffer, full scale -1..1. */
  abstract double read(ByteBuffer bytes, int offset);

  /**
   * The frames of a little-endian buffer, each mixed down to the mean of its channels; bytes after
   * the last whole frame are ignored.
   */
  float[] mixDown(ByteBuffer frames, int channels) {
    int start = frames.position();
    float[] mono = new float[frames.remaining() / (bytes * channels)];
    for (int i = 0, offset = start; i < mono.length; i++) {
      double sum = 0;
      for (int c = 0; c < channels; c++, offset += bytes) {
        sum += read(frames, offset);
      }
      mono[i] = (float) (sum / channels);
    }
    return mono;
  }
}
