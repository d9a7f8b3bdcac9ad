package dev.tutti.cli;

import dev.tutti.cli.input.AudioFiles;
import dev.tutti.cli.picture.FrequencyAxis;
import dev.tutti.cli.picture.SpectrogramPicture;
import dev.tutti.core.audio.AudioClip;
import dev.tutti.core.file.OutputPath;
import dev.tutti.core.npy.NpyWriter;
import dev.tutti.core.spectrogram.MelParameters;
import dev.tutti.core.spectrogram.MelSpectrogramExtractor;
import dev.tutti.core.spectrogram.Spectrogram;
import dev.tutti.core.spectrogram.SpectrogramExtractor;
import dev.tutti.core.spectrogram.StftParameters;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code tutti spectrogram}. */
@Command(
    name = "spectrogram",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    header = "Write what the models see of an audio file. Needs no server.",
    description =
        "Levels in dB at 16 kHz: 1,025 frequencies from 0 to 8 kHz, a frame every 512 samples, as"
            + " librosa's amplitude_to_db(abs(stft(y, n_fft=2048, hop_length=512))).")
final class SpectrogramCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "FILE",
      description =
          "An audio file, or a NumPy file (.npy) of mono samples at 16 kHz; float64 stays float64.")
  private Path file;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description =
          "Where to write: .npy (NumPy, float32 [frequencies, frames]), .f32 (the same numbers"
              + " alone, little-endian) or .png (a picture).")
  private Path out;

  @Option(
      names = "--mel",
      paramLabel = "BANDS",
      description = "This many mel bands instead of all frequencies.")
  private Integer mel;

  @Option(
      names = "--title",
      paramLabel = "TEXT",
      description = "Title of a picture. Default: the name of the audio file")
  private String title;

  @ArgGroup(validate = false, heading = "Spectrograms other than those of the models:%n")
  private final Shape shape = new Shape();

  /** How the spectrogram is made. */
  static final class Shape {
    @Option(
        names = "--n-fft",
        defaultValue = "2048",
        paramLabel = "N",
        description = "Length of the transform, a power of two. Default: ${DEFAULT-VALUE}")
    private int nFft;

    @Option(
        names = "--hop",
        defaultValue = "512",
        paramLabel = "N",
        description = "Samples from frame to frame. Default: ${DEFAULT-VALUE}")
    private int hop;

    @Option(
        names = "--win-length",
        paramLabel = "N",
        description = "Samples of the window. Default: those of the transform")
    private Integer winLength;

    @Option(
        names = "--top-db",
        defaultValue = "80",
        paramLabel = "DB",
        description = "Lowest level below the highest, or Infinity. Default: ${DEFAULT-VALUE}")
    private float topDb;

    StftParameters parameters() {
      StftParameters usual = StftParameters.nsynth();
      int window = winLength == null ? nFft : winLength;
      return new StftParameters(usual.sampleRate(), nFft, hop, window, usual.amin(), topDb);
    }
  }

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    String name = out.toString().toLowerCase(Locale.ROOT);
    if (!name.endsWith(".npy") && !name.endsWith(".f32") && !name.endsWith(".png")) {
      throw usage("--out", out, "a file name ending in .npy, .f32 or .png");
    }
    if (title != null && !name.endsWith(".png")) {
      throw usage("--title", title, "titles of pictures, whose file names end in .png");
    }
    StftParameters parameters = parameters();
    if (mel != null && (mel < 1 || mel > parameters.bins())) {
      throw usage("--mel", mel, "1 to " + parameters.bins());
    }
    OutputPath.checkFile(out);
    Seen seen = seen(parameters);
    Spectrogram spectrogram = seen.spectrogram;
    if (name.endsWith(".npy")) {
      NpyWriter.write(out, spectrogram.values(), spectrogram.bins(), spectrogram.frames());
    } else if (name.endsWith(".f32")) {
      ByteBuffer bytes =
          ByteBuffer.allocate(Math.multiplyExact(spectrogram.values().length, Float.BYTES))
              .order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(spectrogram.values());
      Files.write(out, bytes.array());
    } else {
      Files.write(out, picture(seen, parameters));
    }
    return CommandLine.ExitCode.OK;
  }

  private StftParameters parameters() {
    try {
      return shape.parameters();
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  /**
   * What the models see.
   *
   * @param seconds of audio
   */
  private record Seen(Spectrogram spectrogram, double seconds) {}

  private Seen seen(StftParameters parameters) throws IOException {
    if (mel == null && AudioFiles.isNumpy(file)) {
      double[] samples = AudioFiles.readSamples(file);
      SpectrogramExtractor extractor = new SpectrogramExtractor(parameters);
      return new Seen(
          AudioFiles.naming(file, () -> extractor.extract(samples)),
          (double) samples.length / parameters.sampleRate());
    }
    AudioClip clip = AudioFiles.read(file);
    Spectrogram spectrogram =
        mel == null
            ? new SpectrogramExtractor(parameters).extract(clip)
            : new MelSpectrogramExtractor(
                    parameters, MelParameters.slaney(mel, parameters.sampleRate()))
                .extract(clip);
    return new Seen(spectrogram, clip.seconds());
  }

  private byte[] picture(Seen seen, StftParameters parameters) {
    FrequencyAxis axis =
        mel == null
            ? FrequencyAxis.of(parameters.frequencies(), "Hz")
            : FrequencyAxis.of(
                MelParameters.slaney(mel, parameters.sampleRate()).centres(),
                "Hz, centres of mel bands");
    double secondsPerFrame = (double) parameters.hopLength() / parameters.sampleRate();
    String over = title == null ? file.getFileName().toString() : title;
    return SpectrogramPicture.png(
        seen.spectrogram, axis, new SpectrogramPicture.Clock(secondsPerFrame, seen.seconds), over);
  }

  private CommandLine.ParameterException usage(String option, Object value, String accepted) {
    return new CommandLine.ParameterException(
        spec.commandLine(),
        "Invalid value for option '%s': %s; it must be %s.".formatted(option, value, accepted));
  }
}
