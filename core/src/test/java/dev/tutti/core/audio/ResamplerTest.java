package dev.tutti.core.audio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tutti.core.golden.GoldenFiles;
import java.util.Arrays;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Resampled tones against their formulas. */
class ResamplerTest {
  private static final int EDGE = 800;
  private static final double MIN_SNR = 90;
  private static final double MAX_ALIAS = 1e-4;

  @TestFactory
  Stream<DynamicTest> tonesOfEveryRate() {
    return GoldenFiles.list(GoldenFiles.json("librosa/resample.json").get("cases")).stream()
        .map(c -> DynamicTest.dynamicTest(c.get("sr_in").asText(), () -> tones(c)));
  }

  private static void tones(JsonNode c) {
    int from = c.get("sr_in").asInt();
    int to = c.get("sr_out").asInt();
    float[] in = sum(c.get("tones_hz_amp_phase"), from, c.get("n_in").asInt());
    float[] out = new Resampler(from, to).resample(in);
    assertEquals(c.get("soxr_hq_n_out").asInt(), out.length);
    float[] truth = sum(c.get("tones_hz_amp_phase"), to, out.length);
    double snr = snr(truth, out);
    assertTrue(snr >= MIN_SNR, "signal to noise is " + snr + " dB");
  }

  /** Signal to noise in dB, away from the ends. */
  private static double snr(float[] truth, float[] out) {
    double signal = 0;
    double error = 0;
    for (int i = EDGE; i < out.length - EDGE; i++) {
      signal += truth[i] * truth[i];
      error += (out[i] - truth[i]) * (out[i] - truth[i]);
    }
    return 10 * Math.log10(signal / error);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        4000, 5512, 8000, 11_025, 12_000, 16_001, 22_050, 24_000, 32_000, 37_800, 44_100, 44_101,
        48_000, 64_000, 88_200, 96_000, 176_400, 192_000
      })
  void tonesOfAllRatesKeepTheirForm(int from) {
    double highest = 0.85 * Math.min(from, 16_000) / 2;
    JsonNode tones =
        new ObjectMapper()
            .valueToTree(
                new double[][] {{97, 0.2, 0.1}, {0.4 * highest, 0.3, 2}, {highest, 0.25, 1}});
    float[] out = new Resampler(from, 16_000).resample(sum(tones, from, from / 2));
    assertTrue(snr(sum(tones, 16_000, out.length), out) >= MIN_SNR);
  }

  @Test
  void tonesAboveTheNewNyquistFrequencyVanish() {
    for (int from : new int[] {22_050, 44_100, 48_000, 44_101, 96_000, 192_000}) {
      float[] in = new float[from / 2];
      for (int i = 0; i < in.length; i++) {
        in[i] = (float) (0.5 * Math.sin(2 * Math.PI * 9500 * i / from));
      }
      float[] out = new Resampler(from, 16_000).resample(in);
      double power = 0;
      for (int i = EDGE; i < out.length - EDGE; i++) {
        power += out[i] * out[i] / (out.length - 2 * EDGE);
      }
      assertTrue(Math.sqrt(power) <= MAX_ALIAS, from + " Hz: alias rms " + Math.sqrt(power));
    }
  }

  @Property(tries = 100)
  void lengthIsTheCeilingOfTheRatio(
      @ForAll @IntRange(min = 1, max = 3000) int length,
      @ForAll @IntRange(min = 4000, max = 192_000) int from) {
    float[] out = new Resampler(from, 16_000).resample(new float[length]);
    assertEquals((int) Math.ceil(length * 16_000.0 / from), out.length);
  }

  @Test
  void aConstantStaysConstant() {
    float[] in = new float[4410];
    Arrays.fill(in, 0.5f);
    float[] out = new Resampler(44_100, 16_000).resample(in);
    for (int i = 100; i < out.length - 100; i++) {
      assertEquals(0.5f, out[i], 1e-4f);
    }
  }

  @Test
  void fittingPadsOrCuts() {
    AudioClip clip = AudioClip.of(new float[] {1, 2, 3}, 16_000);
    assertArrayEquals(new float[] {1, 2}, clip.fit(2).samples());
    assertArrayEquals(new float[] {1, 2, 3, 0}, clip.fit(4).samples());
  }

  private static float[] sum(JsonNode tones, int rate, int length) {
    float[] samples = new float[length];
    for (int i = 0; i < length; i++) {
      double sum = 0;
      for (JsonNode tone : tones) {
        double angle = 2 * Math.PI * tone.get(0).asDouble() * i / rate + tone.get(2).asDouble();
        sum += tone.get(1).asDouble() * Math.sin(angle);
      }
      samples[i] = (float) sum;
    }
    return samples;
  }
}
