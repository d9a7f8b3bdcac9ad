package dev.tutti.core.audio.ogg;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.core.audio.InvalidAudioException;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VorbisSetupTest {
  @Test
  void aSetupHeaderThatClaimsTooMuchIsRefused() {
    // After the packet's name: one codebook of 65,535 x 16,777,215 values.
    byte[] header = new byte[40];
    byte[] codebook = {0, 0x42, 0x43, 0x56, -1, -1, -1, -1, -1};
    System.arraycopy(codebook, 0, header, 7, codebook.length);
    InvalidAudioException e =
        assertThrows(
            InvalidAudioException.class, () -> VorbisSetup.check(header, 0, header.length, 1));
    assertTrue(e.getMessage().contains("far too large"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1 1", "1 2 2", "1 3 3 3 3", "2 2 2 2", "1"})
  void codeWordsThatMakeATreeAreRead(String lengths) {
    InvalidAudioException e = refusal(lengths);
    assertTrue(e.getMessage().contains("it is cut"), "behind the codebook: " + e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1 2", "1 1 1", "2 2 2", "3", "1 2 3 3 3"})
  void codeWordsThatMakeNoTreeAreRefused(String lengths) {
    InvalidAudioException e = refusal(lengths);
    assertTrue(e.getMessage().contains("make no tree"), e.getMessage());
  }

  /** What is said of a header that ends behind one codebook of words of such lengths. */
  private static InvalidAudioException refusal(String lengths) {
    String[] words = lengths.split(" ", -1);
    BigInteger bits = BigInteger.valueOf(0x564342).shiftLeft(8);
    bits = bits.or(BigInteger.ONE.shiftLeft(32)).or(BigInteger.valueOf(words.length).shiftLeft(48));
    int at = 8 + 24 + 16 + 24 + 2;
    for (String word : words) {
      bits = bits.or(BigInteger.valueOf(Integer.parseInt(word) - 1L).shiftLeft(at));
      at += 5;
    }
    byte[] header = new byte[7 + at / 8 + 1];
    for (int i = 7; i < header.length; i++) {
      header[i] = bits.shiftRight(8 * (i - 7)).byteValue();
    }
    return assertThrows(
        InvalidAudioException.class, () -> VorbisSetup.check(header, 0, header.length, 1));
  }
}
