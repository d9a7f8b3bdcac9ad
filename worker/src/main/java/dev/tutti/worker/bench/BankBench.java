package dev.tutti.worker.bench;

import dev.tutti.worker.bank.BankImport;
import dev.tutti.worker.bank.BatchSizes;
import dev.tutti.worker.bank.ModelBank;
import dev.tutti.worker.device.DeviceSettings;
import dev.tutti.worker.graph.Precision;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.DoubleSupplier;

/**
 * Measures what fusing gains: processor time of fused banks beside one session for each model; and
 * what a worker process of such a bank takes. Whatever is compared takes turns, and medians of all
 * rounds are taken.
 */
public final class BankBench {
  private static final int BATCH = 8;

  private final DeviceSettings device;
  private final int rounds;

  /**
   * A benchmark.
   *
   * @param rounds of each measurement, at least 1
   */
  public BankBench(DeviceSettings device, int rounds) {
    this.device = device;
    this.rounds = rounds;
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
  public List<Line> run() throws IOException {
    List<Line> lines = new ArrayList<>();
    lines.addAll(run(BenchSubject.fullSize()));
    lines.addAll(rates());
    lines.addAll(run(BenchSubject.compact()));
    return lines;
  }

  /** Measures some models. */
  public List<Line> run(BenchSubject subject) throws IOException {
    List<Line> lines = new ArrayList<>(fusing(subject));
    lines.addAll(new WorkerBench(device, rounds).run(subject));
    return lines;
  }

  private List<Line> fusing(BenchSubject subject) throws IOException {
    try (SingleModels singles = new SingleModels(subject.source(), device);
        ModelBank exact = bank(subject, Precision.FLOAT32);
        ModelBank rounded = bank(subject, Precision.BFLOAT16)) {
      BankTimer exactTimer = new BankTimer(exact);
      BankTimer roundedTimer = new BankTimer(rounded);
      Map<String, DoubleSupplier> turns = new LinkedHashMap<>();
      turns.put("one after another, batch 1", singles::cpuMillis);
      turns.put("fused float32, batch 1", () -> exactTimer.cpuMillis(1));
      turns.put("fused float32, batch 8", () -> exactTimer.cpuMillis(BATCH));
      turns.put("fused bfloat16, batch 1", () -> roundedTimer.cpuMillis(1));
      turns.put("fused bfloat16, batch 8", () -> roundedTimer.cpuMillis(BATCH));
      turns.put("feed and read, batch 8", () -> exactTimer.overheadMicros(BATCH));
      return lines(subject, medians(turns));
    }
  }

  private static List<Line> lines(BenchSubject subject, Medians medians) {
    List<Line> lines = new ArrayList<>();
    double single = medians.of("one after another, batch 1");
    for (String what : medians.names()) {
      double median = medians.of(what);
      String name = subject.name() + ", " + what;
      lines.add(
          what.startsWith("feed")
              ? new Line(name + ", over the session run", median, "µs", "<= 150")
              : new Line(name, median, "CPU ms/sample", ""));
      if (what.startsWith("fused")) {
        OptionalDouble wanted =
            what.contains("bfloat16") ? subject.roundedGain() : subject.exactGain();
        boolean barred = what.endsWith("8") && wanted.isPresent();
        lines.add(
            new Line(
                name + ": gain", single / median, "x", barred ? ">= " + wanted.getAsDouble() : ""));
      }
    }
    return lines;
  }

  private List<Line> rates() {
    try (KernelRates kernels = new KernelRates(device)) {
      Map<String, DoubleSupplier> turns = new LinkedHashMap<>();
      turns.put("sgemm", kernels::product);
      turns.put("convolutions", kernels::convolutions);
      Medians medians = medians(turns);
      double sgemm = medians.of("sgemm");
      double convolutions = medians.of("convolutions");
      return List.of(
          new Line("float32 matrix product", sgemm, "GFLOP/CPU-s", ""),
          new Line("float32 convolutions", convolutions, "GFLOP/CPU-s", ""),
          new Line("convolutions of the product's rate", 100 * convolutions / sgemm, "%", ">= 90"));
    }
  }

  private Medians medians(Map<String, DoubleSupplier> turns) {
    Medians medians = new Medians();
    for (int round = 0; round < rounds; round++) {
      turns.forEach((name, turn) -> medians.add(name, turn.getAsDouble()));
    }
    return medians;
  }

  private ModelBank bank(BenchSubject subject, Precision precision) throws IOException {
    return BankImport.assemble(subject.source(), precision, BatchSizes.of(1, BATCH), device);
  }
}
