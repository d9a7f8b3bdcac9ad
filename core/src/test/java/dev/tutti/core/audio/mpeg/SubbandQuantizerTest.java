package dev.tutti.core.audio.mpeg;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubbandQuantizerTest {
  @ParameterizedTest
  @CsvSource({"3,5", "5,7", "9,10"})
  void aCodeOfThreeSamplesStandsForSuchOrIsDamage(int steps, int bits) throws Exception {
    SubbandQuantizer quantizer = SubbandQuantizer.grouped(steps);
    float[] samples = new float[3];
    int last = steps * steps * steps - 1;
    quantizer.read(code(last, bits), samples, 3);
    float highest = (steps - 1f) / steps;
    assertArrayEquals(new float[] {highest, highest, highest}, samples, 1e-6f);
    for (int code = last + 1; code < 1 << bits; code++) {
      BitInput damaged = code(code, bits);
      assertThrows(DamagedFrameException.class, () -> quantizer.read(damaged, samples, 3));
    }
  }

  private static BitInput code(int code, int bits) {
    int word = code << (16 - bits);
    return new BitInput(new byte[] {(byte) (word >> 8), (byte) word}, 0, 2);
  }
}
