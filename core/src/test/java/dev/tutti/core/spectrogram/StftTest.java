package dev.tutti.core.spectrogram;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tutti.core.audio.AudioClip;
import java.util.Random;
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
    RealFft.Workspace w = transform(x);
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
    RealFft.Workspace w = transform(x);
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

  private static RealFft.Workspace transform(double[] x) {
    RealFft.Workspace w = new RealFft.Workspace(x.length);
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
      assertEquals(10 * Math.log10(x), PowerLevel.of(x), 2e-12);
    }
  }

  @Test
  void powerLevelOfOneIsZero() {
    assertEquals(0.0, PowerLevel.of(1));
  }

  @Test
  void shortWindowStandsCentredInItsFrame() {
    StftParameters narrow = new StftParameters(16_000, 64, 16, 32, 1e-5f, 80);
    float[] samples = new float[256];
    samples[128 + 17] = 1;
    Stft stft = new Stft(narrow);
    double[] power = new double[narrow.bins()];
    // Frame 8 is centred on sample 128: its window reaches from 112 to 143.
    stft.power(samples, 8, stft.workspace(), power, 0);
    assertArrayEquals(new double[narrow.bins()], power);
    // Frame 9, on 144: the impulse is the window's sample 17 of 32.
    stft.power(samples, 9, stft.workspace(), power, 0);
    double hann = 0.5 * (1 - Math.cos(2 * Math.PI * 17 / 32));
    assertEquals(hann * hann, power[0], 1e-12);
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
