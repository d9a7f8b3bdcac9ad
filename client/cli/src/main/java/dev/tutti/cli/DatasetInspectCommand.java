package dev.tutti.cli;

import dev.tutti.cli.report.DatasetSummary;
import dev.tutti.cli.report.TextTable;
import dev.tutti.core.dataset.LabeledClip;
import dev.tutti.core.dataset.SampleSource;
import dev.tutti.core.dataset.SampleSources;
import dev.tutti.core.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code tutti dataset inspect}. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    header = "Read a whole data set and say what is in it.",
    description =
        "Reads NSynth TFRecord and JSON+WAV, TensorFlow Datasets folders of TFRecord, a folder per"
            + " family, and CSV manifests: columns path, family, pitch and velocity in this order,"
            + " or in any order with a first line that names them. Every checksum is verified and"
            + " every note decoded. What is broken ends it, with exit code 1, unless --skip-broken"
            + " is given; a data set without one intact note always ends with exit code 1.")
final class DatasetInspectCommand extends DatasetVerb {
  @Parameters(paramLabel = "PATH", description = "A file or folder.")
  private Path path;

  @Option(names = "--notes", description = "With --json: list every note.")
  private boolean notes;

  @Override
  void answer(PrintWriter out) throws IOException {
    DatasetSummary summary = new DatasetSummary(notes && isForPrograms());
    try (SampleSource all = SampleSources.open(path)) {
      SampleSource source =
          skipping().map(heard -> SampleSources.skippingBroken(all, heard)).orElse(all);
      for (Optional<LabeledClip> clip = source.next(); clip.isPresent(); clip = source.next()) {
        summary.add(clip.get());
      }
      summary.passOver(source.passedOver());
    }
    if (isForPrograms()) {
      out.println(Json.write(summary.toJson(path, broken())));
      return;
    }
    TextTable table = new TextTable(List.of("family", "notes"));
    summary.families().forEach((name, count) -> table.add(List.of(name, count.toString())));
    table.print(out);
    out.printf(
        "%d notes, %.1f s of audio, %d broken%n", summary.notes(), summary.seconds(), broken());
    if (!summary.passedOver().isEmpty()) {
      out.println(
          "passed over, because not named for a family: "
              + String.join(", ", summary.passedOver()));
    }
  }
}
