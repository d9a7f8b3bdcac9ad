package dev.tutti.core.benchmark;

import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.LabelVector;
import dev.tutti.core.metrics.EvaluationAccumulator;
import dev.tutti.core.threshold.Thresholds;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Adding samples of 11 families to the streaming accumulators, from empty to 100,000. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 10)
@Measurement(iterations = 20)
@Fork(value = 1, jvmArgs = "-Xmx512m")
public class AccumulatorBenchmark {
  private static final int SAMPLES = 100_000;
  private static final int DISTINCT = 1 << 12;

  private final LabelVector[] truths = new LabelVector[DISTINCT];
  private final float[][] probabilities = new float[DISTINCT][SyntheticScores.LABELS];
  private EvaluationAccumulator accumulator;

  @Setup
  public void draw() {
    Random random = new Random(1);
    for (int i = 0; i < DISTINCT; i++) {
      truths[i] = new LabelVector(FamilySet.all(), random.nextInt(1 << SyntheticScores.LABELS));
      for (int p = 0; p < SyntheticScores.LABELS; p++) {
        probabilities[i][p] = random.nextFloat();
      }
    }
  }

  @Setup(Level.Iteration)
  public void empty() {
    accumulator = new EvaluationAccumulator(Thresholds.uniform(FamilySet.all(), 0.5));
  }

  @Benchmark
  @OperationsPerInvocation(SAMPLES)
  public EvaluationAccumulator add() {
    for (int i = 0; i < SAMPLES; i++) {
      accumulator.add(truths[i & (DISTINCT - 1)], probabilities[i & (DISTINCT - 1)]);
    }
    return accumulator;
  }
}
