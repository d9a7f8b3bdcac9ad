package dev.tutti.client.cli;

import dev.tutti.client.BankInfo;
import dev.tutti.client.TuttiClient;
import dev.tutti.client.TuttiException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code tutti classify}. */
@Command(
    name = "classify",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    header = "Say which instrument families play in audio files.",
    description =
        "Reads WAV, FLAC, Ogg Vorbis, MP3 and AIFF files of any rate. A file longer than the models'"
            + " window (4 s) is answered window by window.")
final class ClassifyCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Audio files.")
  private List<Path> files;

  @Option(names = "--json", description = "Answer in JSON.")
  private boolean json;

  @Mixin private ServerOptions server;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    return server.run(Installation.current(), List.of(), this::classify);
  }

  private int classify(TuttiClient client) {
    BankInfo bank = client.bank();
    FileClassifier classifier = new FileClassifier(client, bank);
    List<FileTags> answers = new ArrayList<>();
    int failed = 0;
    for (Path file : files) {
      try {
        answers.addAll(classifier.classify(file));
      } catch (IOException | TuttiException e) {
        failed++;
        spec.commandLine().getErr().println("tutti: " + file + ": " + e.getMessage());
      }
    }
    if (json) {
      spec.commandLine().getOut().println(Json.write(FileTags.toJson(answers, bank)));
    } else if (!answers.isEmpty()) {
      FileTags.print(answers, bank, spec.commandLine().getOut());
    }
    return failed == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }
}
