package dev.tutti.cli;

import dev.tutti.cli.classify.ClassifiedFile;
import dev.tutti.cli.classify.FileClassifier;
import dev.tutti.cli.local.BundledModels;
import dev.tutti.cli.local.Installation;
import dev.tutti.cli.report.ClassifyAnswers;
import dev.tutti.cli.report.MissingModels;
import dev.tutti.cli.report.TagJson;
import dev.tutti.cli.report.TagTable;
import dev.tutti.client.BankInfo;
import dev.tutti.client.TuttiClient;
import dev.tutti.client.TuttiException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
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
        "Reads WAV, FLAC, Ogg Vorbis, MP3 and AIFF files of any rate and length. A file longer than"
            + " the models' window (4 s) is answered window by window, as it is read. A"
            + " remainder of less than a quarter of a window is not heard, and the answer says so.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every file is answered",
      "1:some are not: each is named with the reason, the others are answered",
      "2:wrong usage"
    })
final class ClassifyCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Audio files.")
  private List<Path> files;

  @Option(
      names = "--json",
      description = "Answer in JSON; a file that cannot be answered has its error there.")
  private boolean json;

  @Mixin private ServerOptions server;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    server.check();
    List<ClassifiedFile> looked = files.stream().map(ClassifiedFile::look).toList();
    looked.stream().filter(ClassifiedFile::refused).forEach(f -> say(f.file(), f.fault()));
    PrintWriter out = spec.commandLine().getOut();
    ClassifyAnswers answers = json ? new TagJson(out) : new TagTable(looked, out);
    if (looked.stream().allMatch(ClassifiedFile::refused)) {
      for (ClassifiedFile file : looked) {
        answers.failed(file.file(), file.fault());
      }
      answers.end();
      return CommandLine.ExitCode.SOFTWARE;
    }
    Installation installation = Installation.current();
    return server.run(
        installation,
        ServerOptions.FOR_A_FEW_CLIPS,
        client -> {
          BankInfo bank = client.bank();
          boolean whole = classify(client, bank, looked, answers);
          BundledModels.of(installation).sayCard(bank, spec.commandLine().getErr());
          return whole ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        });
  }

  /** Whether every file was answered. */
  private boolean classify(
      TuttiClient client, BankInfo bank, List<ClassifiedFile> looked, ClassifyAnswers answers)
      throws IOException, InterruptedException {
    MissingModels.say(bank, spec.commandLine().getErr());
    answers.bank(bank);
    boolean whole = true;
    try (FileClassifier classifier = new FileClassifier(client, bank)) {
      for (ClassifiedFile file : looked) {
        String fault = file.refused() ? file.fault() : "";
        if (!file.refused()) {
          try {
            classifier.classify(file.file(), answers::answer);
          } catch (IOException | TuttiException e) {
            fault = ClassifiedFile.fault(file.file(), e);
            say(file.file(), fault);
          }
        }
        if (!fault.isEmpty()) {
          whole = false;
          answers.failed(file.file(), fault);
        }
      }
    }
    answers.end();
    return whole;
  }

  private void say(Path file, String fault) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("tutti: " + file + ": " + fault);
    err.flush();
  }
}
