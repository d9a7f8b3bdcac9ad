package dev.tutti.worker.cli;

import dev.tutti.core.file.OutputPath;
import dev.tutti.core.json.Json;
import dev.tutti.core.spectrogram.StftParameters;
import dev.tutti.worker.bank.BankImport;
import dev.tutti.worker.device.DeviceConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code tutti models import}. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Check a folder of models, fold their batch norms, write them as one bank.")
final class ModelsImportCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "DIR",
      description =
          "Folder of family_<name>_classifier.h5 or .keras, with an optional thresholds.json.")
  private Path folder;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "BANK",
      description = "Folder to write, not there yet or empty.")
  private Path out;

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    Path parent = out.toAbsolutePath().getParent();
    if (parent != null) {
      OutputPath.makeFolder(parent);
    }
    int threads = Runtime.getRuntime().availableProcessors();
    DeviceConfig device = new DeviceConfig(threads, 1, Optional.empty());
    BankImport.Report report = new BankImport(device).write(folder, StftParameters.nsynth(), out);
    spec.commandLine().getOut().println(json ? Json.write(Map.of("bank", report)) : text(report));
    return CommandLine.ExitCode.OK;
  }

  private String text(BankImport.Report report) {
    return String.format(
        Locale.ROOT,
        "%s: %d families; %d of %d batch norms folded; probe answers differ from the plain models"
            + " by up to %.1e.%nDigest in float32: %s",
        out,
        report.families(),
        report.folded(),
        report.normalizations(),
        report.largestDifference(),
        report.digest());
  }
}
