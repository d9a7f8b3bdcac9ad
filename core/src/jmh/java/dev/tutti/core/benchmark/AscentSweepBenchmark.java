package dev.tutti.core.benchmark;

import dev.tutti.core.threshold.CoordinateAscent;
import dev.tutti.core.threshold.JointObjective;
import dev.tutti.core.threshold.JointOptimum;
import dev.tutti.core.threshold.SearchProgress;
import java.util.Arrays;
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

/** Coordinate ascent over 11,000 samples x 11 labels. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgs = "-Xmx512m")
public class AscentSweepBenchmark {
  @Param private JointObjective objective;

  private CoordinateAscent ascent;
  private double[] optimum;

  @Setup
  public void findAnOptimum() {
    SyntheticScores samples = new SyntheticScores(11_000);
    ascent = new CoordinateAscent(samples.truth(), samples.scores(), objective);
    double[] start = new double[SyntheticScores.LABELS];
    Arrays.fill(start, 0.5);
    optimum = ascent.search(start, 0, 1, SearchProgress.SILENT).thresholds();
  }

  /** From an optimum the search ends after the one sweep that finds nothing better. */
  @Benchmark
  public JointOptimum oneSweep() {
    return ascent.search(optimum, 0, 1, SearchProgress.SILENT);
  }
}
