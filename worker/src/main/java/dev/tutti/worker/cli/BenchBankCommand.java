package dev.tutti.worker.cli;

import dev.tutti.core.spectrogram.StftParameters;
import dev.tutti.worker.bank.ModelsOnDisk;
import dev.tutti.worker.bench.BankBench;
import dev.tutti.worker.bench.BenchSubject;
import dev.tutti.worker.device.CpuFeatures;
import dev.tutti.worker.device.DeviceSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code tutti bench bank}. */
@Command(
    name = "bank",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Compare fused banks with one session for each model, and time worker processes.")
final class BenchBankCommand implements Callable<Integer> {
  @Option(
      names = "--rounds",
      defaultValue = "9",
      paramLabel = "N",
      description = "Measurements of each figure; medians are shown (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that share one operation (default: all processors).")
  private Optional<Integer> threads;

  @Option(
      names = "--models",
      paramLabel = "DIR",
      description = "Measure these models, or this bank, in place of random ones.")
  private Optional<Path> models;

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (rounds < 1) {
      throw new CommandLine.ParameterException(spec.commandLine(), "--rounds must be 1 or more");
    }
    int share = threads.orElse(Runtime.getRuntime().availableProcessors());
    DeviceSettings device = new DeviceSettings(share, 1, Optional.empty());
    String date = LocalDate.now(ZoneOffset.UTC).toString();
    double before = load();
    List<BankBench.Line> lines = measure(new BankBench(device, rounds));
    double after = load();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("machine", machine(share));
      answer.put("date", date);
      answer.put("load_average_before", before);
      answer.put("load_average_after", after);
      answer.put("figures", lines);
      out.println(Json.write(answer));
    } else {
      out.println(
          String.format(
              Locale.ROOT,
              "%s, %s, load average %.1f before and %.1f after",
              machine(share),
              date,
              before,
              after));
      out.println();
      print(lines, out);
    }
    return CommandLine.ExitCode.OK;
  }

  private List<BankBench.Line> measure(BankBench bench) throws IOException {
    if (models.isEmpty()) {
      return bench.run();
    }
    try (ModelsOnDisk opened = ModelsOnDisk.open(models.get(), StftParameters.nsynth())) {
      return bench.run(new BenchSubject("models of " + models.get(), opened.source()));
    }
  }

  /** Of the last minute, this program's own included; negative where the system does not say it. */
  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  private void print(List<BankBench.Line> lines, PrintWriter out) {
    out.println("| what | median of " + rounds + " | wanted |");
    out.println("|---|---|---|");
    for (BankBench.Line line : lines) {
      out.println(
          String.format(
              Locale.ROOT,
              "| %s | %s %s | %s |",
              line.name(),
              number(line.value()),
              line.unit(),
              line.wanted()));
    }
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.0f", value);
  }

  private static String machine(int threads) {
    return "%s, %d threads, Java %s"
        .formatted(CpuFeatures.modelName(), threads, System.getProperty("java.version"));
  }
}
