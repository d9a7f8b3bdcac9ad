package dev.tutti.core.benchmark;

import dev.tutti.core.metrics.Metric;
import dev.tutti.core.metrics.RankingScores;
import dev.tutti.core.metrics.ScoreMeasure;
import dev.tutti.core.score.RankedCuts;
import dev.tutti.core.threshold.LabelObjective;
import dev.tutti.core.threshold.LabelOptimum;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** 1,000,000 samples x 11 labels. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
@Fork(value = 1, jvmArgs = "-Xmx1g")
public class MillionSamplesBenchmark {
  private final SyntheticScores samples = new SyntheticScores(1_000_000);

  @Benchmark
  public List<Metric> averagePrecisionOfAllLabels() {
    return new RankingScores(samples.truth(), samples.scores())
        .perLabel(ScoreMeasure.AVERAGE_PRECISION);
  }

  @Benchmark
  public double[] f1ThresholdsOfAllLabels() {
    return IntStream.range(0, SyntheticScores.LABELS)
        .mapToObj(label -> RankedCuts.ofLabel(samples.truth(), samples.scores(), label))
        .mapToDouble(cuts -> LabelOptimum.of(cuts, LabelObjective.f1()).threshold())
        .toArray();
  }
}
