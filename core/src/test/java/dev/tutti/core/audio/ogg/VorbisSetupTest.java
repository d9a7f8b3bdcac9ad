package dev.tutti.core.audio.ogg;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.core.audio.InvalidAudioException;
import org.junit.jupiter.api.Test;

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
}
