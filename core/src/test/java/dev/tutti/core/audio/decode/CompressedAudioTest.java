package dev.tutti.core.audio.decode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.core.audio.AudioClip;
import dev.tutti.core.audio.InvalidAudioException;
import dev.tutti.core.golden.GoldenFiles;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that libraries decode, against other decoders and against damage. */
class CompressedAudioTest {
  private static final int SAMPLES = 8_000;

  @ParameterizedTest
  @ValueSource(strings = {"mono.ogg", "stereo.ogg"})
  void vorbisIsDecodedAsByTheReferenceLibrary(String name) {
    AudioClip clip = AudioDecoder.decode(GoldenFiles.bytes("audio/" + name));
    float[] expected = GoldenFiles.floats("audio/" + name + ".mean.npy");
    assertEquals(16_000, clip.sampleRate());
    assertEquals(expected.length, clip.length());
    assertArrayEquals(expected, clip.samples(), 1e-4f);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mono.mp3", "stereo.mp3"})
  void mp3IsDecodedWithoutTheSilenceThatItsEncoderAdded(String name) {
    AudioClip clip = AudioDecoder.decode(GoldenFiles.bytes("audio/" + name));
    float[] expected = GoldenFiles.floats("audio/" + name + ".mean.npy");
    assertEquals(16_000, clip.sampleRate());
    assertArrayEquals(expected, clip.samples(), 2e-3f);
  }

  @Test
  void mp3WhoseTagSaysNothingOrNonsenseIsTakenWhole() {
    byte[] file = GoldenFiles.bytes("audio/mono.mp3");
    int name = new String(file, StandardCharsets.ISO_8859_1).indexOf("LAME");
    byte[] unnamed = file.clone();
    unnamed[name] = 'X';
    byte[] nonsense = file.clone();
    Arrays.fill(nonsense, name + 21, name + 24, (byte) 0xFF);
    byte[] tagged = new byte[file.length + 30];
    System.arraycopy(new byte[] {'I', 'D', '3', 4, 0, 0, 0, 0, 0, 20}, 0, tagged, 0, 10);
    System.arraycopy(file, 0, tagged, 30, file.length);
    assertEquals(9216, AudioDecoder.decode(unnamed).length());
    assertTrue(AudioDecoder.decode(nonsense).length() > 0);
    assertEquals(SAMPLES, AudioDecoder.decode(tagged).length());
  }

  @ParameterizedTest
  @CsvSource({"mono8,7", "mono16,15", "mono24,23", "mono32,31"})
  void aiffOfEveryDepth(String name, int bits) {
    AudioClip clip = AudioDecoder.decode(GoldenFiles.bytes("audio/" + name + ".aiff"));
    assertEquals(SAMPLES, clip.length());
    for (int i = 0; i < SAMPLES; i++) {
      double t = i / 16_000.0;
      double wanted =
          0.4 * Math.sin(2 * Math.PI * 440 * t) + 0.2 * Math.sin(2 * Math.PI * 1250 * t + 1);
      assertEquals(wanted, clip.samples()[i], Math.scalb(1.0, -bits) + 1e-6);
    }
  }

  @Test
  void aiffInStereoIsMixedDown() {
    AudioClip clip = AudioDecoder.decode(GoldenFiles.bytes("audio/stereo16.aiff"));
    assertEquals(SAMPLES, clip.length());
    double left = 0.2 * Math.sin(1);
    assertEquals(left / 2, clip.samples()[0], 1e-4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mono.ogg", "stereo.ogg", "mono16.aiff", "mono24.aiff"})
  void aCutFileIsRefused(String name) {
    byte[] file = GoldenFiles.bytes("audio/" + name);
    for (int length : new int[] {4, 60, file.length / 2, file.length - 1}) {
      byte[] cut = Arrays.copyOf(file, length);
      assertThrows(InvalidAudioException.class, () -> AudioDecoder.decode(cut), "at " + length);
    }
  }

  /** Damage ends in a clip or in the one exception, and soon. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "mono.ogg",
        "stereo.ogg",
        "mono.mp3",
        "stereo.mp3",
        "mono16.aiff",
        "stereo16.aiff"
      })
  void damageNeverDoesWorseThanARefusal(String name) {
    byte[] file = GoldenFiles.bytes("audio/" + name);
    Random random = new Random(1);
    for (int run = 0; run < 300; run++) {
      byte[] damaged = Arrays.copyOf(file, file.length - random.nextInt(2) * random.nextInt(500));
      for (int flips = random.nextInt(8); flips >= 0; flips--) {
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      }
      assertTimeoutPreemptively(
          Duration.ofSeconds(10),
          () -> {
            try {
              assertTrue(AudioDecoder.decode(damaged).length() > 0);
            } catch (InvalidAudioException e) {
              assertTrue(e.getMessage().length() > 10, e.getMessage());
            }
          });
    }
  }
}
