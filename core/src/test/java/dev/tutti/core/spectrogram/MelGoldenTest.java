package dev.tutti.core.spectrogram;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.audio.AudioClip;
import dev.tutti.core.golden.GoldenFiles;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Mel bands as librosa makes them. */
class MelGoldenTest {
  @TestFactory
  Stream<DynamicTest> filterbanksAndLevels() {
    return GoldenFiles.list(GoldenFiles.json("librosa/mel.json").get("cases")).stream()
        .map(c -> DynamicTest.dynamicTest(c.get("args").toString(), () -> check(c)));
  }

  private static void check(JsonNode c) {
    JsonNode args = c.get("args");
    MelParameters mel = MelParameters.slaney(args.get("n_mels").asInt(), args.get("sr").asInt());
    if (args.has("htk")) {
      mel =
          new MelParameters(
              args.get("n_mels").asInt(),
              args.get("fmin").asDouble(),
              args.get("fmax").asDouble(),
              MelScale.HTK,
              false);
    }
    StftParameters stft = StftParameters.nsynth();
    assertArrayEquals(
        GoldenFiles.floats(c.get("filterbank").get("file").asText()),
        new MelFilterbank(mel, stft).weights(),
        1e-6f);
    String audio = "librosa/stft/" + c.get("melspectrogram_of").asText() + ".audio.npy";
    Spectrogram actual =
        new MelSpectrogramExtractor(stft, mel)
            .extract(AudioClip.of(GoldenFiles.floats(audio), stft.sampleRate()));
    assertEquals(mel.bands(), actual.bins());
    assertArrayEquals(
        GoldenFiles.floats(c.get("mel_power_db").get("file").asText()), actual.values(), 2e-4f);
  }

  @Property
  void hertzAndMelAreInverse(
      @ForAll MelScale scale, @ForAll @DoubleRange(min = 0, max = 96_000) double hertz) {
    assertEquals(hertz, scale.toHertz(scale.toMel(hertz)), 1e-9 * (1 + hertz));
  }

  /** A band is heaviest at the bin next to its centre. */
  @Test
  void centresAreWhereTheTrianglesHaveTheirTops() {
    StftParameters stft = StftParameters.nsynth();
    double[] frequencies = stft.frequencies();
    assertEquals(8_000, frequencies[stft.bins() - 1]);
    MelParameters mel = MelParameters.slaney(40, stft.sampleRate());
    float[] weights = new MelFilterbank(mel, stft).weights();
    for (int band = 0; band < 40; band++) {
      int top = 0;
      for (int bin = 0; bin < stft.bins(); bin++) {
        top = weights[band * stft.bins() + bin] > weights[band * stft.bins() + top] ? bin : top;
      }
      assertEquals(frequencies[top], mel.centres()[band], frequencies[1]);
    }
  }

  @Test
  void bandsBeyondTheAudioAreRefused() {
    MelParameters mel = MelParameters.slaney(40, 44_100);
    assertThrows(
        IllegalArgumentException.class, () -> new MelFilterbank(mel, StftParameters.nsynth()));
    assertThrows(IllegalArgumentException.class, () -> MelParameters.slaney(0, 16_000));
  }
}
