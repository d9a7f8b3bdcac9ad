package dev.tutti.core.spectrogram;

import dev.tutti.core.audio.AudioClip;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jtransforms.fft.DoubleFFT_1D;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The dB spectrogram of a clip of 4 s, on one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgs = "-Xmx1g")
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 3, time = 2)
public class SpectrogramBenchmark {
  private static final int N = 2048;
  private static final int HOP = 512;
  private static final int SAMPLES = 64_000;

  private final StftParameters parameters = StftParameters.nsynth();
  private final SpectrogramExtractor ours = new SpectrogramExtractor(parameters);
  private final SpectrogramExtractor plain =
      new SpectrogramExtractor(parameters, new PlainStft(parameters));
  private final DoubleFFT_1D fft = new DoubleFFT_1D(N);
  private final double[] window = new double[N];
  private final float[] samples = new float[SAMPLES];
  private final AudioClip clip;

  public SpectrogramBenchmark() {
    Random random = new Random(1);
    for (int i = 0; i < SAMPLES; i++) {
      samples[i] = (float) (0.1 * random.nextGaussian());
    }
    for (int i = 0; i < N; i++) {
      window[i] = 0.5 * (1 - Math.cos(2 * Math.PI * i / N));
    }
    clip = AudioClip.of(samples, parameters.sampleRate());
  }

  /** What {@link SpectrogramExtractor} does: on vectors where the JVM has the module for them. */
  @Benchmark
  public Spectrogram tutti() {
    return ours.extract(clip);
  }

  /** Without vectors. */
  @Benchmark
  public Spectrogram tuttiPlain() {
    return plain.extract(clip);
  }

  /** The obvious way: a transform in double for each frame, and Math.log10. */
  @Benchmark
  public float[] jtransforms() {
    int frames = parameters.frames(SAMPLES);
    float[] levels = new float[(N / 2 + 1) * frames];
    double[] frame = new double[N];
    float highest = Float.NEGATIVE_INFINITY;
    for (int f = 0; f < frames; f++) {
      for (int i = 0; i < N; i++) {
        int at = f * HOP - N / 2 + i;
        frame[i] = at >= 0 && at < SAMPLES ? samples[at] * window[i] : 0;
      }
      fft.realForward(frame);
      for (int k = 0; k <= N / 2; k++) {
        double re = k == N / 2 ? frame[1] : frame[2 * k];
        double im = k == 0 || k == N / 2 ? 0 : frame[2 * k + 1];
        float level = (float) (10 * Math.log10(Math.max(1e-10, re * re + im * im)));
        levels[k * frames + f] = level;
        highest = Math.max(highest, level);
      }
    }
    for (int i = 0; i < levels.length; i++) {
      levels[i] = Math.max(levels[i], highest - 80);
    }
    return levels;
  }
}
