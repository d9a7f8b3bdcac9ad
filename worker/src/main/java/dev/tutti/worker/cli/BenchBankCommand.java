package dev.tutti.worker.cli;

import dev.tutti.core.json.Json;
import dev.tutti.core.spectrogram.StftParameters;
import dev.tutti.worker.bank.ModelsOnDisk;
import dev.tutti.worker.bench.BankBench;
import dev.tutti.worker.bench.BenchOptions;
import dev.tutti.worker.bench.BenchSubject;
import dev.tutti.worker.device.CpuFeatures;
import dev.tutti.worker.device.DeviceConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
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

  @Option(
      names = "--memory",
      defaultValue = "50%",
      paramLabel = "LIMIT",
      description =
          "Memory that each bank and worker may take, such as 6G, or a share of what is available"
              + " (default: 50%%); batch sizes that it has no room for are not measured.")
  private String memory;

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (rounds < 1) {
      throw new CommandLine.ParameterException(spec.commandLine(), "--rounds must be 1 or more");
    }
    int share = threads.orElse(Runtime.getRuntime().availableProcessors());
    BenchOptions options =
        new BenchOptions(new DeviceConfig(share, 1, Optional.empty()), rounds, memory);
    try {
      options.budget();
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(spec.commandLine(), "--memory: " + e.getMessage());
    }
    List<BankBench.Line> lines = new ArrayList<>();
    double before = load();
    Optional<String> failure = measure(new BankBench(options, lines::add));
    if (json) {
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("machine", machine(share));
      answer.put("date", date());
      answer.put("load_average_before", before);
      answer.put("load_average_after", load());
      answer.put("figures", lines);
      failure.ifPresent(words -> answer.put("failure", words));
      spec.commandLine().getOut().println(Json.write(answer));
    } else if (!lines.isEmpty()) {
      print(lines, machine(share), before);
    }
    if (failure.isPresent()) {
      throw new IOException(
          "the bench ended after %d figures: %s".formatted(lines.size(), failure.get()));
    }
    return CommandLine.ExitCode.OK;
  }

  /** What ended the bench early, so that what was measured before can be shown. */
  private Optional<String> measure(BankBench bench) {
    try {
      if (models.isEmpty()) {
        bench.run();
      } else {
        try (ModelsOnDisk opened = ModelsOnDisk.open(models.get(), StftParameters.nsynth())) {
          bench.run(new BenchSubject("models of " + models.get(), opened.source()));
        }
      }
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      return Optional.of(e.getMessage() == null ? e.toString() : e.getMessage());
    } catch (OutOfMemoryError e) {
      return Optional.of("the memory of this process was not enough");
    }
  }

  /** Of the last minute, this program's own included; negative where the system does not say it. */
  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  private static String date() {
    return LocalDate.now(ZoneOffset.UTC).toString();
  }

  private void print(List<BankBench.Line> lines, String machine, double before) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        String.format(
            Locale.ROOT,
            "%s, %s, load average %.1f before and %.1f after",
            machine,
            date(),
            before,
            load()));
    out.println();
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
