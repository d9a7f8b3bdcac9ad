package dev.tutti.worker.bench;

import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.core.spectrogram.StftParameters;
import dev.tutti.core.threshold.Thresholds;
import dev.tutti.worker.bank.BankImport;
import dev.tutti.worker.bank.BatchSizes;
import dev.tutti.worker.bank.ModelBank;
import dev.tutti.worker.bankfile.BankSource;
import dev.tutti.worker.device.DeviceSettings;
import dev.tutti.worker.graph.Precision;
import dev.tutti.worker.graph.WeightedModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.LongFunction;

/**
 * Measures what fusing gains: processor time of fused banks beside one session for each model.
 * Whatever is compared takes turns, and medians of all rounds are taken.
 */
public final class BankBench {
  private static final int FAMILIES = 10;
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

  /** Runs everything; minutes. */
  public List<Line> run() throws IOException {
    List<Line> lines = new ArrayList<>();
    lines.addAll(models("full-size", RandomModels::fullSize, "2.4", "1.35"));
    lines.addAll(rates());
    lines.addAll(models("compact", RandomModels::compact, "", "1.8"));
    return lines;
  }

  private List<Line> models(
      String kind, LongFunction<WeightedModel> maker, String wantedRounded, String wantedExact)
      throws IOException {
    BankSource source = source(maker);
    try (SingleModels singles = new SingleModels(source, device);
        ModelBank exact = bank(source, Precision.FLOAT32);
        ModelBank rounded = bank(source, Precision.BFLOAT16)) {
      BankTimer exactTimer = new BankTimer(exact);
      BankTimer roundedTimer = new BankTimer(rounded);
      Map<String, DoubleSupplier> turns = new LinkedHashMap<>();
      turns.put("one after another, batch 1", singles::cpuMillis);
      turns.put("fused float32, batch 1", () -> exactTimer.cpuMillis(1));
      turns.put("fused float32, batch 8", () -> exactTimer.cpuMillis(BATCH));
      turns.put("fused bfloat16, batch 1", () -> roundedTimer.cpuMillis(1));
      turns.put("fused bfloat16, batch 8", () -> roundedTimer.cpuMillis(BATCH));
      turns.put("feed and read, batch 8", () -> exactTimer.overheadMicros(BATCH));
      Map<String, Double> medians = medians(turns);
      return lines(kind, medians, wantedRounded, wantedExact);
    }
  }

  private static List<Line> lines(
      String kind, Map<String, Double> medians, String wantedRounded, String wantedExact) {
    List<Line> lines = new ArrayList<>();
    double single = medians.get("one after another, batch 1");
    for (Map.Entry<String, Double> median : medians.entrySet()) {
      boolean feeding = median.getKey().startsWith("feed");
      String name = "ten %s models, %s".formatted(kind, median.getKey());
      lines.add(
          feeding
              ? new Line(name + ", over the session run", median.getValue(), "µs", "<= 150")
              : new Line(name, median.getValue(), "CPU ms/sample", ""));
      if (median.getKey().startsWith("fused")) {
        String wanted = median.getKey().contains("bfloat16") ? wantedRounded : wantedExact;
        boolean barred = median.getKey().endsWith("8") && !wanted.isEmpty();
        lines.add(
            new Line(
                name + ": gain", single / median.getValue(), "x", barred ? ">= " + wanted : ""));
      }
    }
    return lines;
  }

  private List<Line> rates() {
    try (KernelRates kernels = new KernelRates(device)) {
      Map<String, DoubleSupplier> turns = new LinkedHashMap<>();
      turns.put("sgemm", kernels::product);
      turns.put("convolutions", kernels::convolutions);
      Map<String, Double> medians = medians(turns);
      double sgemm = medians.get("sgemm");
      double convolutions = medians.get("convolutions");
      return List.of(
          new Line("float32 matrix product", sgemm, "GFLOP/CPU-s", ""),
          new Line("float32 convolutions", convolutions, "GFLOP/CPU-s", ""),
          new Line("convolutions of the product's rate", 100 * convolutions / sgemm, "%", ">= 90"));
    }
  }

  private Map<String, Double> medians(Map<String, DoubleSupplier> turns) {
    Map<String, double[]> values = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      int at = round;
      turns.forEach(
          (name, turn) ->
              values.computeIfAbsent(name, n -> new double[rounds])[at] = turn.getAsDouble());
    }
    Map<String, Double> medians = new LinkedHashMap<>();
    values.forEach(
        (name, all) -> {
          Arrays.sort(all);
          medians.put(name, (all[(rounds - 1) / 2] + all[rounds / 2]) / 2);
        });
    return medians;
  }

  private ModelBank bank(BankSource source, Precision precision) throws IOException {
    return BankImport.assemble(source, precision, BatchSizes.of(1, BATCH), device);
  }

  private static BankSource source(LongFunction<WeightedModel> maker) {
    Map<InstrumentFamily, WeightedModel> models = new EnumMap<>(InstrumentFamily.class);
    for (InstrumentFamily family : InstrumentFamily.values()) {
      if (models.size() < FAMILIES) {
        models.put(family, maker.apply(family.nsynthId() + 1));
      }
    }
    Thresholds thresholds = Thresholds.uniform(FamilySet.of(models.keySet()), 0.5);
    return new BankSource(
        models, Map.of(), StftParameters.nsynth(), thresholds, Map.of(), Map.of());
  }
}
