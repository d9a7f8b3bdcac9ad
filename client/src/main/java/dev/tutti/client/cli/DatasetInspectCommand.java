package dev.tutti.client.cli;

import dev.tutti.core.dataset.DatasetException;
import dev.tutti.core.dataset.LabeledClip;
import dev.tutti.core.dataset.SampleSource;
import dev.tutti.core.dataset.SampleSources;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code tutti dataset inspect}. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    header = "Read a whole data set and say what is in it.",
    description =
        "Reads NSynth TFRecord and JSON+WAV, TensorFlow Datasets folders of TFRecord, a folder per"
            + " family, and CSV manifests (path,family[,pitch[,velocity]]). Every checksum is"
            + " verified and every note decoded. What is broken ends it, with exit code 1, unless"
            + " --skip-broken is given.")
final class DatasetInspectCommand implements Callable<Integer> {
  @Parameters(paramLabel = "PATH", description = "A file or folder.")
  private Path path;

  @Option(names = "--skip-broken", description = "Count what is broken and go on behind it.")
  private boolean skipBroken;

  @Option(names = "--notes", description = "With --json: list every note.")
  private boolean notes;

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    DatasetSummary summary = new DatasetSummary(notes && json);
    try (SampleSource all = SampleSources.open(path)) {
      SampleSource source = skipBroken ? SampleSources.skippingBroken(all, this::say) : all;
      for (Optional<LabeledClip> clip = source.next(); clip.isPresent(); clip = source.next()) {
        summary.add(clip.get());
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    Map<String, Object> answer = summary.toJson(path, broken);
    if (json) {
      out.println(Json.write(answer));
    } else {
      TextTable table = new TextTable(List.of("family", "notes"));
      summary.families().forEach((name, count) -> table.add(List.of(name, count.toString())));
      table.print(out);
      out.printf(
          "%d notes, %.1f s of audio, %d broken%n", summary.notes(), summary.seconds(), broken);
      out.flush();
    }
    return CommandLine.ExitCode.OK;
  }

  private long broken;

  private void say(DatasetException e) {
    broken++;
    spec.commandLine().getErr().println("tutti: skipped: " + e.getMessage());
  }
}
