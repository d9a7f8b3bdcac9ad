package dev.tutti.core.content;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class ContentDigestTest {
  @Test
  void anEmptyDigestIsThatOfSha256() {
    assertEquals(
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        ContentDigest.builder().build().hex());
  }

  @Test
  void floatsCountAsTheirLittleEndianBytes() {
    float[] values = new float[5000];
    for (int i = 0; i < values.length; i++) {
      values[i] = i * 0.37f;
    }
    ByteBuffer bytes = ByteBuffer.allocate(20_000).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    ContentDigest ofFloats = ContentDigest.builder().add(values).build();
    assertEquals(ofFloats, ContentDigest.builder().add(bytes).build());
    assertEquals(ofFloats, ContentDigest.ofBytes(ofFloats.toBytes()));
    assertEquals(0, bytes.position());
  }

  @Test
  void whereAPieceEndsMatters() {
    assertNotEquals(
        ContentDigest.builder().add("ab").add("c").build(),
        ContentDigest.builder().add("a").add("bc").build());
    assertNotEquals(
        ContentDigest.builder().add(1).add(2).build(),
        ContentDigest.builder().add(2).add(1).build());
  }
}
