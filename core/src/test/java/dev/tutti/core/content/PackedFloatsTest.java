package dev.tutti.core.content;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PackedFloatsTest {
  @Test
  void bytesAreThoseThatNumpyWritesAsLittleEndianFloat32() {
    byte[] bytes = PackedFloats.pack(1, -2.5f, 0.1f);
    // numpy.array([1, -2.5, 0.1], "<f4").tobytes().hex()
    assertEquals("0000803f000020c0cdcccc3d", HexFormat.of().formatHex(bytes));
  }

  @Property
  void everyBitComesBack(@ForAll int[] bits) {
    float[] values = new float[bits.length];
    for (int i = 0; i < bits.length; i++) {
      values[i] = Float.intBitsToFloat(bits[i]);
    }
    float[] back = PackedFloats.unpack(ByteBuffer.wrap(PackedFloats.pack(values)));
    for (int i = 0; i < bits.length; i++) {
      assertEquals(Float.floatToRawIntBits(values[i]), Float.floatToRawIntBits(back[i]));
    }
    assertEquals(values.length, back.length);
  }

  @Test
  void numbersAreReadFromPositionToLimitWhateverTheBuffersOrder() {
    ByteBuffer bytes = ByteBuffer.allocate(20).order(ByteOrder.BIG_ENDIAN);
    bytes.put(5, PackedFloats.pack(3, 4)).position(5).limit(13);
    assertArrayEquals(new float[] {3, 4}, PackedFloats.unpack(bytes.asReadOnlyBuffer()));
    assertArrayEquals(new float[] {3, 4}, PackedFloats.unpack(bytes));
    assertEquals(5, bytes.position());
    assertEquals(ByteOrder.BIG_ENDIAN, bytes.order());
  }

  @Test
  void bytesThatAreNoWholeNumberOfFloatsAreRefused() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> PackedFloats.unpack(ByteBuffer.allocate(7)));
    assertEquals(
        "7 bytes are no whole number of float32 values, which take 4 each", refused.getMessage());
  }
}
