package dev.tutti.worker.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tutti.core.audio.AudioClip;
import dev.tutti.core.spectrogram.SpectrogramExtractor;
import dev.tutti.core.spectrogram.StftParameters;
import dev.tutti.worker.golden.Golden;
import dev.tutti.worker.golden.NpyFile;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

class GraphStftTest {
  private static final double DECIBELS = 0.01;

  @ParameterizedTest
  @CsvSource({
    "note_int16_4s, set1025x126",
    "len_2047, stft",
    "noise_1s, stft",
    "dc_1s, stft",
    "impulse_first_1s, stft",
  })
  void levelsAreThoseOfLibrosa(String name, String folder) throws IOException {
    float[] audio = NpyFile.read(Golden.path("stft/" + name + ".audio.npy")).floats();
    float[] expected = NpyFile.read(Golden.path(folder + "/" + name + ".db.npy")).floats();
    assertLevels(expected, levels(StftParameters.nsynth(), audio));
  }

  /**
   * Hops that are no divisor of the transform, short windows, few samples; with and without floor.
   */
  @ParameterizedTest
  @CsvSource({
    "256, 100, 256, 1000",
    "256, 96, 200, 1000",
    "64, 65, 64, 500",
    "64, 7, 1, 100",
    "128, 128, 100, 3",
    "512, 2000, 511, 1500"
  })
  void levelsAreThoseOfTheExtractor(int nFft, int hop, int window, int samples) {
    SplittableRandom random = new SplittableRandom(nFft + hop);
    float[] audio = new float[samples];
    for (int i = 0; i < samples; i++) {
      audio[i] = (float) (random.nextDouble() - 0.5);
    }
    for (float topDb : new float[] {30, Float.POSITIVE_INFINITY}) {
      StftParameters stft = new StftParameters(16_000, nFft, hop, window, 1e-3f, topDb);
      float[] expected =
          new SpectrogramExtractor(stft).extract(AudioClip.of(audio, 16_000)).values();
      assertLevels(expected, levels(stft, audio));
    }
  }

  /** Without a floor, what is 180 dB below the rest is off, by less than 1e-7 of the largest. */
  @Test
  void errorsAreSmallBesideTheLargestAmplitude() throws IOException {
    StftParameters stft =
        new StftParameters(16_000, 2048, 512, 2048, 1e-5f, Float.POSITIVE_INFINITY);
    float[] audio = NpyFile.read(Golden.path("stft/note_int16_4s.audio.npy")).floats();
    float[] expected = new SpectrogramExtractor(stft).extract(AudioClip.of(audio, 16_000)).values();
    float[] actual = levels(stft, audio);
    double largest = 0;
    for (float level : expected) {
      largest = Math.max(largest, amplitude(level));
    }
    for (int i = 0; i < expected.length; i++) {
      assertEquals(
          amplitude(expected[i]),
          amplitude(actual[i]),
          1e-6 * amplitude(expected[i]) + 1e-7 * largest);
    }
  }

  private static double amplitude(float decibels) {
    return Math.pow(10, decibels / 20.0);
  }

  private static void assertLevels(float[] expected, float[] actual) {
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], DECIBELS, "level " + i);
    }
  }

  /** Of the second of two clips, the first being silence. */
  private static float[] levels(StftParameters stft, float[] audio) {
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Shape shape = Shape.of(Shape.UNKNOWN_SIZE, audio.length);
      Operand<TFloat32> clips = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
      Operand<TFloat32> levels = new GraphStft(tf, stft, audio.length).decibels(clips);
      try (TFloat32 batch = TFloat32.tensorOf(Shape.of(2, audio.length))) {
        NativeBuffer.of(batch).asFloatBuffer().put(new float[audio.length]).put(audio);
        try (Result result = session.runner().feed(clips, batch).fetch(levels).run()) {
          assertEquals(
              Shape.of(2, stft.bins(), stft.frames(audio.length), 1), result.get(0).shape());
          FloatBuffer values = NativeBuffer.of(result.get(0)).asFloatBuffer();
          float[] second = new float[values.limit() / 2];
          values.get(second.length, second);
          return second;
        }
      }
    }
  }
}
