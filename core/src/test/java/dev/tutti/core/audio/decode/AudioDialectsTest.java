package dev.tutti.core.audio.decode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.core.audio.AudioClip;
import dev.tutti.core.audio.InvalidAudioException;
import dev.tutti.core.golden.GoldenFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One tone in the dialects of WAV, AIFF and FLAC, and what only looks like one. */
class AudioDialectsTest {
  /** Half a step of the integers that the tone was rounded to, and float's own rounding. */
  private static void assertTone(String file, double tolerance) {
    AudioClip clip = AudioDecoder.decode(GoldenFiles.bytes("dialects/" + file));
    assertEquals(16_000, clip.sampleRate());
    assertArrayEquals(GoldenFiles.floats("dialects/tone.npy"), clip.samples(), (float) tolerance);
  }

  @ParameterizedTest
  @CsvSource({"8,8e-3", "10,2e-3", "12,6e-4", "16,4e-5", "20,3e-6", "24,2e-7", "32,4e-8"})
  void integersOfAnyWidthAreLeftJustified(int bits, double tolerance) {
    assertTone("bits" + bits + ".wav", tolerance);
    assertTone("bits" + bits + ".aiff", tolerance);
  }

  @ParameterizedTest
  @CsvSource({"valid20in24.wav,3e-6", "valid24in32.wav,2e-7", "rifx.wav,2e-7", "align0.wav,4e-5"})
  void wavFormatsThatAreSeldomWritten(String file, double tolerance) {
    assertTone(file, tolerance);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ulaw.wav", "alaw.wav", "ulaw8.aifc", "ULAW16.aifc", "alaw8.aifc"})
  void companding(String file) {
    assertTone(file, 0.016);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "size00000000.wav", "size7fff0000.wav", "size7ffff000.wav", "size7fffffff.wav",
        "size80000000.wav", "sizeffffffdb.wav", "sizeffffffff.wav", "rf64size-1.wav",
        "rf64size0.wav", "bw64size-1.wav", "rf64without.wav"
      })
  void sizesThatPipesLeaveMeanToTheEndOfTheFile(String file) {
    assertTone(file, 4e-5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "odd.wav", "oddUnpadded.wav", "behind.wav", "id3front.wav", "tags.wav",
        "odd.aiff", "oddUnpadded.aiff", "offset.aiff", "behindSound.aiff", "id3front.aiff",
        "pipeSox.aiff", "pipeZero.aiff", "fewerCounted.aiff", "blocks.aiff"
      })
  void whatStandsAroundTheSamplesIsPassedOver(String file) {
    assertTone(file, 4e-5);
  }

  @ParameterizedTest
  @CsvSource({
    "NONE16,4e-5",
    "twos16,4e-5",
    "sowt16,4e-5",
    "sowt24,2e-7",
    "raw8,8e-3",
    "in2424,2e-7",
    "in3232,4e-8",
    "42ni24,2e-7",
    "23ni32,4e-8",
    "fl3232,0",
    "FL3232,0",
    "fl6464,0",
    "FL6464,0"
  })
  void aiffCOfEveryTypeThatIsAccepted(String file, double tolerance) {
    assertTone(file + ".aifc", tolerance);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tone",
        "total0",
        "total0tags",
        "totalLess",
        "zerosBehind",
        "junkBehind",
        "id3front"
      })
  void flacEndsWithItsLastFrame(String file) {
    assertTone(file + ".flac", 4e-5);
  }

  @ParameterizedTest
  @CsvSource({
    "adpcm.wav,tag 2 (Microsoft ADPCM)",
    "in32.wav,has frames of 4 bytes",
    "empty.wav,has no samples",
    "cut.wav,is cut",
    "cut.aiff,is cut",
    "moreCounted.aiff,claims 1000 bytes",
    "ima416.aifc,type \"ima4\"",
    "totalMore.flac,claims 500 samples",
    "total0junk.flac,at byte 636"
  })
  void whatIsNotReadSaysWhy(String file, String reason) {
    byte[] bytes = GoldenFiles.bytes("dialects/" + file);
    InvalidAudioException e =
        assertThrows(InvalidAudioException.class, () -> AudioDecoder.decode(bytes));
    assertTrue(e.getMessage().contains(reason), e.getMessage());
  }

  /** The last 128 bytes of the samples begin as an ID3v1 tag does. */
  @Test
  void samplesThatLookLikeATagAreKept() {
    byte[] wav = GoldenFiles.bytes("dialects/bits16.wav");
    byte[] unknown = GoldenFiles.bytes("dialects/sizeffffffff.wav");
    for (byte[] file : new byte[][] {wav, unknown}) {
      System.arraycopy(new byte[] {'T', 'A', 'G'}, 0, file, file.length - 128, 3);
      assertEquals(400, AudioDecoder.decode(file).length());
    }
  }
}
