package dev.tutti.cli;

import dev.tutti.cli.render.NoteRenderer;
import dev.tutti.cli.report.ProgressBar;
import dev.tutti.core.file.InputPath;
import dev.tutti.core.file.OutputPath;
import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.InstrumentFamily;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code tutti render}. */
@Command(
    name = "render",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    header = "Make a data set of notes from a sound font. Needs fluidsynth, no server.",
    description = {
      "Writes 4 s notes at 16 kHz as audio/*.flac, with NSynth's examples.json and a manifest.csv",
      "of every parameter. The same options give the same notes."
    })
final class RenderCommand implements Callable<Integer> {
  private static final long NANOS_A_MILLI = 1_000_000;

  @Option(
      names = "--font",
      required = true,
      paramLabel = "FILE",
      description = "A General MIDI sound font, .sf2 or .sf3.")
  private Path font;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "A new folder for the notes.")
  private Path out;

  @Option(
      names = "--per-family",
      defaultValue = "100",
      paramLabel = "N",
      description = "Notes of each family, at most 10000. Default: 100")
  private int perFamily;

  @Option(names = "--seed", defaultValue = "1", paramLabel = "S", description = "Default: 1")
  private long seed;

  @Option(
      names = "--effects",
      defaultValue = "0.25",
      paramLabel = "SHARE",
      description = "Share of the notes with reverberation and chorus. Default: 0.25")
  private double effects;

  @Option(
      names = "--variety",
      description = "Draw how long notes are held, their tuning and vibrato, too.")
  private boolean variety;

  @Option(
      names = "--banks",
      description = "Use the font's variations of the programs in other banks, too.")
  private boolean banks;

  @Option(
      names = "--gain",
      defaultValue = "0.8",
      paramLabel = "X",
      description = "fluidsynth's master gain. Default: 0.8")
  private double gain;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    check(perFamily >= 1 && perFamily <= 10_000, "--per-family must be 1 to 10000");
    check(effects >= 0 && effects <= 1, "--effects must be 0 to 1");
    check(gain > 0 && gain <= 10, "--gain must be above 0 and at most 10");
    InputPath.checkFile(font);
    OutputPath.makeFolder(out);
    FamilySet families = FamilySet.all();
    NoteRenderer renderer =
        new NoteRenderer(
            new NoteRenderer.Options(font, out, families.asList(), perFamily, banks, gain),
            seed,
            effects,
            variety);
    long total = (long) perFamily * families.size();
    long start = System.nanoTime();
    Map<InstrumentFamily, Integer> counts;
    try (ProgressBar bar =
        new ProgressBar(spec.commandLine().getErr(), Boolean.getBoolean("tutti.terminal"))) {
      counts = renderer.render(done -> bar.show(done, total, since(start), ""));
    }
    int notes = counts.values().stream().mapToInt(Integer::intValue).sum();
    spec.commandLine().getOut().println("%d notes in %s".formatted(notes, out));
    counts.forEach(this::sayMissing);
    return CommandLine.ExitCode.OK;
  }

  private void sayMissing(InstrumentFamily family, int count) {
    if (count < perFamily) {
      spec.commandLine()
          .getErr()
          .println("tutti: %s: only %d different notes can be heard".formatted(family, count));
    }
  }

  private static Duration since(long start) {
    return Duration.ofMillis((System.nanoTime() - start) / NANOS_A_MILLI);
  }

  private void check(boolean right, String otherwise) {
    if (!right) {
      throw new CommandLine.ParameterException(spec.commandLine(), otherwise);
    }
  }
}
