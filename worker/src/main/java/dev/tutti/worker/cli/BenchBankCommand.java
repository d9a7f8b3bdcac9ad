package dev.tutti.worker.cli;

import dev.tutti.worker.bench.BankBench;
import dev.tutti.worker.device.CpuFeatures;
import dev.tutti.worker.device.DeviceSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.LocalDate;
import java.time.ZoneOffset;
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
    header = "Compare fused banks with one session for each model, on random models.")
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
    List<BankBench.Line> lines = new BankBench(device, rounds).run();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.write(Map.of("machine", machine(share), "figures", lines)));
    } else {
      print(lines, out, machine(share));
    }
    return CommandLine.ExitCode.OK;
  }

  private void print(List<BankBench.Line> lines, PrintWriter out, String machine) {
    out.println(machine + ", " + LocalDate.now(ZoneOffset.UTC));
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
