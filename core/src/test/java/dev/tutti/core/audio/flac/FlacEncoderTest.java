package dev.tutti.core.audio.flac;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.core.audio.AudioClip;
import dev.tutti.core.audio.decode.AudioDecoder;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FlacEncoderTest {
  @Property(tries = 100)
  void anySamplesComeBack(@ForAll @Size(min = 1, max = 300) short[] values) {
    assertComesBack(values, 16_000);
  }

  @Property(tries = 30)
  void anyLengthAndLoudnessComesBack(
      @ForAll @IntRange(min = 1, max = 20_000) int length,
      @ForAll @IntRange(min = 0, max = 15) int quiet,
      @ForAll long seed) {
    Random random = new Random(seed);
    short[] values = new short[length];
    int walk = 0;
    for (int i = 0; i < length; i++) {
      walk += random.nextInt(1001) - 500;
      values[i] = (short) (walk >> quiet);
    }
    assertComesBack(values, 48_000);
  }

  @Test
  void manyFramesAreNumberedRight() {
    short[] values = new short[4096 * 2100];
    for (int i = 0; i < values.length; i += 97) {
      values[i] = (short) i;
    }
    assertComesBack(values, 16_000);
  }

  @Test
  void aToneTakesLessThanItsSamples() {
    float[] samples = new float[64_000];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (0.3 * Math.sin(i * 0.1));
    }
    byte[] file = FlacEncoder.encode(AudioClip.of(samples, 16_000));
    assertTrue(file.length < 0.6 * 2 * samples.length, "bytes: " + file.length);
  }

  @Test
  void whatExceedsFullScaleIsCut() {
    AudioClip clip = AudioClip.of(new float[] {2, -2, 0}, 16_000);
    float[] decoded = AudioDecoder.decode(FlacEncoder.encode(clip)).samples();
    assertArrayEquals(new float[] {32767 / 32768f, -1, 0}, decoded);
  }

  private static void assertComesBack(short[] values, int rate) {
    float[] samples = new float[values.length];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = values[i] / 32768f;
    }
    AudioClip decoded = AudioDecoder.decode(FlacEncoder.encode(AudioClip.of(samples, rate)));
    assertArrayEquals(samples, decoded.samples());
    assertEquals(rate, decoded.sampleRate());
  }
}
