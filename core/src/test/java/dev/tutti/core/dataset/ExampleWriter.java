package dev.tutti.core.dataset;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Writes {@code tf.train.Example} records for tests. */
final class ExampleWriter {
  private final ByteArrayOutputStream features = new ByteArrayOutputStream();

  ExampleWriter text(String name, String value) {
    return bytes(name, value.getBytes(StandardCharsets.UTF_8));
  }

  ExampleWriter bytes(String name, byte[] value) {
    return add(name, field(1, field(1, value)));
  }

  ExampleWriter integers(String name, long... values) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    for (long value : values) {
      varint(packed, value);
    }
    return add(name, field(3, values.length == 0 ? new byte[0] : field(1, packed.toByteArray())));
  }

  ExampleWriter integer(String name, int value) {
    ByteArrayOutputStream list = new ByteArrayOutputStream();
    list.write(1 << 3);
    varint(list, value);
    return add(name, field(3, list.toByteArray()));
  }

  ExampleWriter floats(String name, float... values) {
    ByteBuffer packed =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    packed.asFloatBuffer().put(values);
    return add(name, field(2, field(1, packed.array())));
  }

  /** The example as a framed record. */
  byte[] record() {
    return frame(field(1, features.toByteArray()));
  }

  /** Any bytes as a framed record. */
  static byte[] frame(byte[] data) {
    ByteBuffer record = ByteBuffer.allocate(data.length + 16).order(ByteOrder.LITTLE_ENDIAN);
    record.putLong(data.length);
    record.putInt(masked(record.array(), 0, 8));
    record.put(data);
    record.putInt(masked(data, 0, data.length));
    return record.array();
  }

  private ExampleWriter add(String name, byte[] feature) {
    ByteArrayOutputStream entry = new ByteArrayOutputStream();
    entry.writeBytes(field(1, name.getBytes(StandardCharsets.UTF_8)));
    entry.writeBytes(field(2, feature));
    features.writeBytes(field(1, entry.toByteArray()));
    return this;
  }

  private static byte[] field(int number, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(number << 3 | 2);
    varint(out, content.length);
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static void varint(ByteArrayOutputStream out, long value) {
    long rest = value;
    for (; rest < 0 || rest > 0x7F; rest >>>= 7) {
      out.write(((int) rest & 0x7F) | 0x80);
    }
    out.write((int) rest);
  }

  private static int masked(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    int value = (int) crc.getValue();
    return (value >>> 15 | value << 17) + 0xA282EAD8;
  }
}
