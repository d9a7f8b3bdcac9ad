package dev.tutti.core.audio.pcm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PcmEncodingTest {
  @Test
  void compandingCodesHaveTheValuesOfTheStandard() {
    byte[] codes = {0, 0x7F, (byte) 0x80, (byte) 0xFF, 0x0F, 0x55, (byte) 0xD5, (byte) 0xAA};
    assertArrayEquals(
        new double[] {-32124, 0, 32124, 0, -16764, -716, 716, 5372},
        values(PcmEncoding.MU_LAW, codes));
    assertArrayEquals(
        new double[] {-5504, -848, 5504, 848, -6784, -8, 8, 32256},
        values(PcmEncoding.A_LAW, codes));
  }

  private static double[] values(PcmEncoding encoding, byte[] codes) {
    ByteBuffer bytes = ByteBuffer.wrap(codes);
    double[] values = new double[codes.length];
    Arrays.setAll(values, i -> encoding.read(bytes, i) * 32_768 + 0.0);
    return values;
  }
}
