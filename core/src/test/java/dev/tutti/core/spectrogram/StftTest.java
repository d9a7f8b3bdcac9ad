package dev.tutti.core.spectrogram;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.core.audio.AudioClip;
import dev.tutti.core.audio.InvalidAudioException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The transform against its definition and its laws, for every size. */
class StftTest {
  @Property(tries = 60)
  void transformIsTheDefinition(@ForAll @IntRange(min = 2, max = 9) int log2, @ForAll long seed) {
    int n = 1 << log2;
    double[] x = new Random(seed).doubles(n, -1, 1).toArray();
    FftWorkspace w = transform(x);
    for (int k = 0; k <= n / 2; k++) {
      double re = 0;
      double im = 0;
      for (int i = 0; i < n; i++) {
        double angle = -2 * Math.PI * k * i / n;
        re += x[i] * Math.cos(angle);
        im += x[i] * Math.sin(angle);
      }
      assertEquals(re, w.re[k], 1e-11);
      assertEquals(im, w.im[k], 1e-11);
    }
  }

  @Property(tries = 60)
  void energyIsKept(@ForAll @IntRange(min = 2, max = 16) int log2, @ForAll long seed) {
    int n = 1 << log2;
    double[] x = new Random(seed).doubles(n, -1, 1).toArray();
    FftWorkspace w = transform(x);
    double inTime = 0;
    for (double value : x) {
      inTime += value * value;
    }
    double inFrequency = 0;
    for (int k = 0; k <= n / 2; k++) {
      double power = w.re[k] * w.re[k] + w.im[k] * w.im[k];
      inFrequency += k == 0 || k == n / 2 ? power : 2 * power;
    }
    assertEquals(inTime, inFrequency / n, 1e-12 * n);
  }

  private static FftWorkspace transform(double[] x) {
    FftWorkspace w = new FftWorkspace(x.length, 1);
    for (int i = 0; i < x.length / 2; i++) {
      w.re[i] = x[2 * i] / 2;
      w.im[i] = x[2 * i + 1] / 2;
    }
    new RealFft(x.length).transform(w);
    return w;
  }

  @Property(tries = 500)
  void powerLevelIsTheLogarithm(@ForAll long bits) {
    double x = Math.abs(Double.longBitsToDouble(bits));
    if (x >= Double.MIN_NORMAL && Double.isFinite(x)) {
      assertEquals(10 * Math.log10(x), PowerLevel.of(x), 5e-9);
    }
  }

  @Test
  void powerLevelOfOneIsZero() {
    assertEquals(0.0, PowerLevel.of(1), 5e-9);
  }

  @Test
  void theVectorModuleOfTheTestsIsUsed() {
    boolean there = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    assertTrue(there, "the tests run with --add-modules jdk.incubator.vector");
    StftParameters parameters = StftParameters.nsynth();
    Class<?> wanted = Stft.vector(parameters).map(Object::getClass).orElse(null);
    assertEquals(wanted == null ? PlainStft.class : wanted, Stft.of(parameters).getClass());
  }

  @Property(tries = 200)
  void vectorsGiveTheBitsOfThePlainTransform(
      @ForAll @IntRange(min = 2, max = 12) int log2,
      @ForAll @IntRange(min = 1, max = 700) int hop,
      @ForAll @IntRange(min = 1, max = 6000) int length,
      @ForAll long seed) {
    int n = 1 << log2;
    Random random = new Random(seed);
    StftParameters parameters =
        new StftParameters(16_000, n, hop, 2 + random.nextInt(n - 1), 1e-5f, 80);
    Optional<Stft> vector = Stft.vector(parameters);
    Assume.that(vector.isPresent());
    float[] samples = samples(length, random);
    Stft plain = new PlainStft(parameters);
    Decibels decibels = new Decibels(1, 1e-5f, 80);
    int size = parameters.bins() * parameters.frames(length);
    float[] expected = new float[size];
    float[] actual = new float[size];
    assertEquals(
        plain.levels(samples, decibels, expected), vector.get().levels(samples, decibels, actual));
    assertArrayEquals(expected, actual);
    // The same numbers as doubles.
    double[] widened = IntStream.range(0, length).mapToDouble(i -> samples[i]).toArray();
    for (Stft stft : List.of(plain, vector.get())) {
      Arrays.fill(actual, 0);
      stft.levels(widened, decibels, actual);
      assertArrayEquals(expected, actual);
    }
    double[] re = new double[size];
    double[] im = new double[size];
    double[] actualRe = new double[size];
    double[] actualIm = new double[size];
    plain.transform(samples, re, im);
    vector.get().transform(samples, actualRe, actualIm);
    assertArrayEquals(re, actualRe, 0);
    assertArrayEquals(im, actualIm, 0);
  }

  @Property(tries = 30)
  void theTransformIsLinear(@ForAll @IntRange(min = 1, max = 6000) int length, @ForAll long seed) {
    StftParameters parameters = new StftParameters(16_000, 256, 100, 256, 1e-5f, 80);
    Stft stft = Stft.of(parameters);
    Random random = new Random(seed);
    float[] a = samples(length, random);
    float[] b = samples(length, random);
    float[] combined = new float[length];
    for (int i = 0; i < length; i++) {
      // Exact in float, as samples have 12 bits.
      combined[i] = 3 * a[i] - 0.5f * b[i];
    }
    double[][] ofA = transform(stft, parameters, a);
    double[][] ofB = transform(stft, parameters, b);
    double[][] ofBoth = transform(stft, parameters, combined);
    for (int part = 0; part < 2; part++) {
      for (int i = 0; i < ofA[part].length; i++) {
        assertEquals(3 * ofA[part][i] - 0.5 * ofB[part][i], ofBoth[part][i], 1e-11);
      }
    }
  }

  private static double[][] transform(Stft stft, StftParameters parameters, float[] samples) {
    int size = parameters.bins() * parameters.frames(samples.length);
    double[][] bins = {new double[size], new double[size]};
    stft.transform(samples, bins[0], bins[1]);
    return bins;
  }

  private static float[] samples(int length, Random random) {
    float[] samples = new float[length];
    for (int i = 0; i < length; i++) {
      samples[i] = (random.nextInt(4096) - 2048) / 2048f;
    }
    return samples;
  }

  @Test
  void manyThreadsMayShareOne() {
    SpectrogramExtractor extractor = new SpectrogramExtractor(StftParameters.nsynth());
    List<AudioClip> clips =
        IntStream.range(0, 16)
            .mapToObj(i -> AudioClip.of(samples(20_000, new Random(i)), 16_000))
            .toList();
    List<Spectrogram> expected = clips.stream().map(extractor::extract).toList();
    assertEquals(expected, clips.parallelStream().map(extractor::extract).toList());
  }

  @Test
  void shortWindowStandsCentredInItsFrame() {
    StftParameters narrow = new StftParameters(16_000, 64, 16, 32, 1e-5f, 80);
    float[] samples = new float[256];
    samples[128 + 17] = 1;
    PlainStft stft = new PlainStft(narrow);
    double[] power = new double[narrow.bins()];
    // Frame 8 is centred on sample 128: its window reaches from 112 to 143.
    stft.power(PlainStft.Signal.of(samples), 8, stft.workspace(), power, 0);
    assertArrayEquals(new double[narrow.bins()], power);
    // Frame 9, on 144: the impulse is the window's sample 17 of 32.
    stft.power(PlainStft.Signal.of(samples), 9, stft.workspace(), power, 0);
    double hann = 0.5 * (1 - Math.cos(2 * Math.PI * 17 / 32));
    assertEquals(hann * hann, power[0], 1e-12);
  }

  @Test
  void samplesInDoubleAreCheckedAsThoseInFloat() {
    SpectrogramExtractor extractor = new SpectrogramExtractor(StftParameters.nsynth());
    assertThrows(InvalidAudioException.class, () -> extractor.extract(new double[0]));
    InvalidAudioException e =
        assertThrows(
            InvalidAudioException.class,
            () -> extractor.extract(new double[] {0, Double.POSITIVE_INFINITY}));
    assertEquals("sample 1 is Infinity; every sample must be finite", e.getMessage());
  }

  @Test
  void otherRatesAreResampledFirst() {
    SpectrogramExtractor extractor = new SpectrogramExtractor(StftParameters.nsynth());
    Spectrogram spectrogram = extractor.extract(AudioClip.of(new float[44_100], 44_100));
    assertEquals(1 + 16_000 / 512, spectrogram.frames());
  }

  @Test
  void parametersNameWhatIsWrong() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new StftParameters(16_000, 2000, 512, 2000, 1e-5f, 80));
    assertEquals("nFft is 2000; accepted are powers of two from 4 to 65536", e.getMessage());
  }

  @Test
  void spectrogramNamesTheValueThatIsNotFinite() {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Spectrogram.of(2, 2, new float[] {0, 1, Float.NaN, 0}));
    assertEquals(
        "spectrogram value 2 (bin 1, frame 0) is NaN; every value must be finite", e.getMessage());
  }
}
