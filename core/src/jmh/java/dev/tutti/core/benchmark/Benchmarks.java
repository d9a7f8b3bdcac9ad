package dev.tutti.core.benchmark;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.util.Statistics;

/**
 * Runs the benchmarks named by a regular expression in several rounds, each of which runs every one
 * of them once, so that what else the machine does meets all alike; prints a table.
 *
 * <p>Of each benchmark the fastest and the median call are kept: the fastest of the best round is
 * what the code costs, the median what it costs on this machine at this time.
 */
public final class Benchmarks {
  private static final int ROUNDS = 3;

  private Benchmarks() {}

  /** Runs what matches the first argument, or all. */
  public static void main(String[] args) throws RunnerException {
    String include = args.length == 0 || args[0].isEmpty() ? "." : args[0];
    Map<String, double[]> best = new TreeMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (RunResult result : new Runner(options(include)).run()) {
        Statistics calls = result.getPrimaryResult().getStatistics();
        String name =
            result.getParams().getBenchmark().replaceFirst(".*\\.(\\w+\\.\\w+)$", "$1")
                + parameters(result)
                + " | "
                + result.getPrimaryResult().getScoreUnit();
        best.merge(
            name,
            new double[] {calls.getMin(), calls.getPercentile(50)},
            (a, b) -> new double[] {Math.min(a[0], b[0]), Math.min(a[1], b[1])});
      }
    }
    System.out.println("| benchmark | unit | fastest | median of the best round |");
    System.out.println("|---|---|---|---|");
    best.forEach((name, t) -> System.out.printf("| %s | %.3f | %.3f |%n", name, t[0], t[1]));
    System.out.printf(
        "%s, JDK %s, %d processors, load average %.1f%n",
        System.getProperty("os.arch"),
        System.getProperty("java.version"),
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  private static String parameters(RunResult result) {
    return result.getParams().getParamsKeys().stream()
        .map(key -> " " + result.getParams().getParam(key))
        .collect(Collectors.joining());
  }

  private static Options options(String include) {
    return new OptionsBuilder()
        .include(include)
        .jvmArgsAppend("--add-modules", "jdk.incubator.vector")
        .addProfiler("gc")
        .build();
  }
}
