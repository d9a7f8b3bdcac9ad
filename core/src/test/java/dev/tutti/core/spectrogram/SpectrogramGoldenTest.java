package dev.tutti.core.spectrogram;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.audio.AudioClip;
import dev.tutti.core.golden.GoldenFiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Spectrograms as librosa makes them. */
class SpectrogramGoldenTest {
  /** Double arithmetic on both sides would agree to 2e-5; librosa stores complex64. */
  private static final double DB_TOLERANCE = 2e-5;

  private static final double STFT_TOLERANCE = 1e-6;

  private final SpectrogramExtractor extractor = new SpectrogramExtractor(StftParameters.nsynth());

  /** The plain transform, and the one on vectors where this machine has any. */
  private static List<Stft> transforms() {
    StftParameters parameters = StftParameters.nsynth();
    List<Stft> transforms = new ArrayList<>(List.of(new PlainStft(parameters)));
    Stft.vector(parameters).ifPresent(transforms::add);
    return transforms;
  }

  @TestFactory
  Stream<DynamicTest> levelsOfEveryCase() {
    return cases("db").map(c -> DynamicTest.dynamicTest(c.get("name").asText(), () -> levels(c)));
  }

  private void levels(JsonNode c) {
    double[] expected = GoldenFiles.doubles(c.get("db").get("file").asText());
    for (Stft stft : transforms()) {
      Spectrogram actual = new SpectrogramExtractor(StftParameters.nsynth(), stft).extract(clip(c));
      assertEquals(c.get("frames").asInt(), actual.frames());
      assertEquals(1025, actual.bins());
      double worst = 0;
      for (int i = 0; i < expected.length; i++) {
        worst = Math.max(worst, Math.abs(expected[i] - actual.values()[i]));
      }
      assertTrue(worst <= DB_TOLERANCE, stft + " differs by up to " + worst + " dB");
    }
  }

  /** Rounding the samples to float would move the quietest level by more than the tolerance. */
  @Test
  void levelsOfSamplesInDouble() {
    double[] samples = GoldenFiles.doubles("librosa/stft/randn_f64.audio.npy");
    double[] expected = GoldenFiles.doubles("librosa/stft/randn_f64.db.npy");
    int frames = expected.length / 1025;
    for (Stft stft : transforms()) {
      Spectrogram actual = new SpectrogramExtractor(StftParameters.nsynth(), stft).extract(samples);
      for (int bin = 0; bin < 1025; bin++) {
        for (int frame = 0; frame < frames; frame++) {
          // The first two frames reach over the cut from the longer clip.
          float level = actual.values()[bin * actual.frames() + 2 + frame];
          assertEquals(expected[bin * frames + frame], level, DB_TOLERANCE);
        }
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> complexBinsOfEveryCase() {
    return cases("stft").map(c -> DynamicTest.dynamicTest(c.get("name").asText(), () -> bins(c)));
  }

  private static void bins(JsonNode c) {
    double[] expected = GoldenFiles.doubles(c.get("stft").get("file").asText());
    double tolerance = STFT_TOLERANCE * Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    for (Stft stft : transforms()) {
      double[] re = new double[expected.length / 2];
      double[] im = new double[expected.length / 2];
      stft.transform(clip(c).samples(), re, im);
      for (int i = 0; i < re.length; i++) {
        assertEquals(expected[2 * i], re[i], tolerance);
        assertEquals(expected[2 * i + 1], im[i], tolerance);
      }
    }
  }

  @Test
  void silenceIsMinusHundredDecibels() {
    Spectrogram silence = extractor.extract(AudioClip.of(new float[64_000], 16_000));
    for (float level : silence.values()) {
      assertEquals(-100f, level, 1e-5f);
    }
  }

  @TestFactory
  Stream<DynamicTest> decibelsOfEveryCase() {
    return GoldenFiles.list(GoldenFiles.json("librosa/top_db.json").get("cases")).stream()
        .map(
            c ->
                DynamicTest.dynamicTest(
                    c.get("array").asText() + " " + c.get("args"), () -> decibels(c)));
  }

  private static void decibels(JsonNode c) {
    JsonNode args = c.get("args");
    float[] in = floats(c.get("in"));
    double reference = args.get("ref").asDouble();
    if (args.get("ref").isTextual()) {
      reference = 0;
      for (float amplitude : in) {
        reference = Math.max(reference, Math.abs(amplitude));
      }
    }
    float topDb =
        args.get("top_db").isNull()
            ? Float.POSITIVE_INFINITY
            : (float) args.get("top_db").asDouble();
    Decibels decibels = new Decibels(reference, args.get("amin").asDouble(), topDb);
    assertArrayEquals(floats(c.get("out")), decibels.levels(in), 2e-5f);
  }

  @Test
  void meanIsThatOfNumpyToTheBit() {
    float[] all = GoldenFiles.floats("numpy/mean.in.npy");
    int size = all.length / 5;
    List<Spectrogram> spectrograms = new ArrayList<>();
    for (int k = 0; k < 5; k++) {
      float[] values = Arrays.copyOfRange(all, k * size, (k + 1) * size);
      spectrograms.add(Spectrogram.of(16, 126, values));
    }
    assertArrayEquals(
        GoldenFiles.floats("numpy/mean_of_2.npy"),
        Spectrogram.mean(spectrograms.subList(0, 2)).values());
    assertArrayEquals(
        GoldenFiles.floats("numpy/mean_of_5.npy"), Spectrogram.mean(spectrograms).values());
  }

  private static AudioClip clip(JsonNode c) {
    return AudioClip.of(
        GoldenFiles.floats(c.get("audio").get("file").asText()), c.get("sr").asInt());
  }

  private static Stream<JsonNode> cases(String having) {
    return GoldenFiles.list(GoldenFiles.json("librosa/stft.json").get("cases")).stream()
        .filter(c -> c.has(having));
  }

  /** The numbers of a JSON array of any depth, in order. */
  private static float[] floats(JsonNode array) {
    List<Float> values = new ArrayList<>();
    collect(array, values);
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i);
    }
    return floats;
  }

  private static void collect(JsonNode node, List<Float> values) {
    if (node.isArray()) {
      node.forEach(child -> collect(child, values));
    } else {
      values.add((float) node.asDouble());
    }
  }
}
