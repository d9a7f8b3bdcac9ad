package dev.tutti.worker.bench;

import dev.tutti.worker.bank.BankImport;
import dev.tutti.worker.bank.ModelBank;
import dev.tutti.worker.bank.input.BatchSizes;
import dev.tutti.worker.graph.Precision;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/**
 * Measures what fusing gains: processor time of fused banks beside one session for each model; and
 * what a worker process of such a bank takes. Whatever is compared takes turns, and medians of all
 * rounds are taken.
 */
public final class BankBench {
  private static final String ALONE = "one after another, batch 1";

  private final BenchOptions options;
  private final Consumer<Line> lines;

  /**
   * A benchmark.
   *
   * @param lines takes each line as soon as it is measured
   */
  public BankBench(BenchOptions options, Consumer<Line> lines) {
    this.options = options;
    this.lines = lines;
  }

  /**
   * One line of the table.
   *
   * @param name what was measured
   * @param value the median
   * @param unit of the value
   * @param wanted the bar, as text; empty where there is none
   */
  public record Line(String name, double value, String unit, String wanted) {}

  /** Measures models of random numbers and this machine's kernels; minutes. */
  public void run() throws IOException {
    run(BenchSubject.fullSize());
    rates();
    run(BenchSubject.compact());
  }

  /** Measures some models. */
  public void run(BenchSubject subject) throws IOException {
    fusing(subject);
    new WorkerBench(options, lines).run(subject);
  }

  private void fusing(BenchSubject subject) throws IOException {
    try (SingleModels singles = new SingleModels(subject.source(), options.device());
        ModelBank exact = bank(subject, Precision.FLOAT32);
        ModelBank rounded = bank(subject, Precision.BFLOAT16)) {
      BankTimer exactTimer = new BankTimer(exact);
      BankTimer roundedTimer = new BankTimer(rounded);
      int most = exactTimer.mostRows();
      Map<String, DoubleSupplier> turns = new LinkedHashMap<>();
      turns.put(ALONE, singles::cpuMillis);
      turns.put("fused float32, batch 1", () -> exactTimer.cpuMillis(1));
      turns.put("fused float32, batch " + most, () -> exactTimer.cpuMillis(most));
      turns.put("fused bfloat16, batch 1", () -> roundedTimer.cpuMillis(1));
      turns.put("fused bfloat16, batch " + most, () -> roundedTimer.cpuMillis(most));
      turns.put("feed and read, batch " + most, () -> exactTimer.overheadMicros(most));
      report(subject, medians(turns));
    }
  }

  private void report(BenchSubject subject, Medians medians) {
    double single = medians.of(ALONE);
    for (String what : medians.names()) {
      double median = medians.of(what);
      String name = subject.name() + ", " + what;
      lines.accept(
          what.startsWith("feed")
              ? new Line(name + ", over the session run", median, "µs", "<= 150")
              : new Line(name, median, "CPU ms/sample", ""));
      if (what.startsWith("fused")) {
        OptionalDouble wanted =
            what.contains("bfloat16") ? subject.roundedGain() : subject.exactGain();
        boolean barred = what.endsWith("batch " + BenchOptions.MOST_ROWS) && wanted.isPresent();
        lines.accept(
            new Line(
                name + ": gain", single / median, "x", barred ? ">= " + wanted.getAsDouble() : ""));
      }
    }
  }

  private void rates() {
    try (KernelRates kernels = new KernelRates(options.device())) {
      Map<String, DoubleSupplier> turns = new LinkedHashMap<>();
      turns.put("sgemm", kernels::product);
      turns.put("convolutions", kernels::convolutions);
      Medians medians = medians(turns);
      double sgemm = medians.of("sgemm");
      double convolutions = medians.of("convolutions");
      lines.accept(new Line("float32 matrix product", sgemm, "GFLOP/CPU-s", ""));
      lines.accept(new Line("float32 convolutions", convolutions, "GFLOP/CPU-s", ""));
      double share = 100 * convolutions / sgemm;
      lines.accept(new Line("convolutions of the product's rate", share, "%", ">= 90"));
    }
  }

  private Medians medians(Map<String, DoubleSupplier> turns) {
    Medians medians = new Medians();
    for (int round = 0; round < options.rounds(); round++) {
      turns.forEach((name, turn) -> medians.add(name, turn.getAsDouble()));
    }
    return medians;
  }

  private ModelBank bank(BenchSubject subject, Precision precision) throws IOException {
    BatchSizes sizes = BatchSizes.of(1, BenchOptions.MOST_ROWS);
    return BankImport.assemble(
        subject.source(), precision, sizes, options.budget(), options.device());
  }
}
