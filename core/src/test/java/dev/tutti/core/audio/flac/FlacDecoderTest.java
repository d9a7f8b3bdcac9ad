package dev.tutti.core.audio.flac;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tutti.core.audio.AudioClip;
import dev.tutti.core.audio.InvalidAudioException;
import dev.tutti.core.audio.decode.AudioDecoder;
import dev.tutti.core.golden.GoldenFiles;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** FLAC files of the reference encoder against the WAV files they were made from. */
class FlacDecoderTest {
  @ParameterizedTest
  @ValueSource(strings = {"mono8", "mono16", "stereo24", "six16"})
  void decodesWhatWasEncoded(String name) {
    AudioClip wav = AudioDecoder.decode(GoldenFiles.bytes("flac/" + name + ".wav"));
    AudioClip flac = AudioDecoder.decode(GoldenFiles.bytes("flac/" + name + ".flac"));
    assertEquals(wav.sampleRate(), flac.sampleRate());
    assertArrayEquals(wav.samples(), flac.samples());
  }

  /** Damage is noticed, or lies where it does not matter; it never hangs or changes the audio. */
  @ParameterizedTest
  @ValueSource(strings = {"mono8", "mono16", "stereo24", "six16"})
  void damageIsNeverAudible(String name) {
    byte[] file = GoldenFiles.bytes("flac/" + name + ".flac");
    float[] samples = AudioDecoder.decode(file).samples();
    Random random = new Random(1);
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> {
          for (int i = 0; i < 500; i++) {
            byte[] damaged =
                Arrays.copyOf(file, i % 3 == 0 ? random.nextInt(file.length) : file.length);
            if (i % 3 != 0) {
              int range = i % 3 == 1 ? 100 : file.length;
              damaged[random.nextInt(range)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
              assertArrayEquals(samples, AudioDecoder.decode(damaged).samples());
            } catch (InvalidAudioException expected) {
              // noticed
            }
          }
        });
  }
}
