package dev.tutti.core.benchmark;

import dev.tutti.core.audio.AudioClip;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A clip of 4 s brought to 16 kHz, the filter's design included, on one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgs = "-Xmx1g")
@Warmup(iterations = 1, time = 1)
@Measurement(iterations = 2, time = 1)
public class ResamplerBenchmark {
  private static final int SECONDS = 4;

  @Param({"4000", "8000", "22050", "44100", "44101", "48000", "96000", "192000"})
  private int rate;

  private AudioClip clip;

  @Setup
  public void make() {
    float[] samples = new float[SECONDS * rate];
    Random random = new Random(1);
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (0.1 * random.nextGaussian());
    }
    clip = AudioClip.of(samples, rate);
  }

  @Benchmark
  public AudioClip resample() {
    return clip.resample(16_000);
  }
}
