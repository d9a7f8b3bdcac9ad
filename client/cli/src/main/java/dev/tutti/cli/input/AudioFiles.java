package dev.tutti.cli.input;

import dev.tutti.core.audio.AudioClip;
import dev.tutti.core.audio.InvalidAudioException;
import dev.tutti.core.audio.decode.AudioDecoder;
import dev.tutti.core.file.InputPath;
import dev.tutti.core.npy.NpyArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Reads audio files that a command line names. */
public final class AudioFiles {
  /** The rate of samples that do not say theirs, in Hz. */
  private static final int SAMPLE_RATE = 16_000;

  private AudioFiles() {}

  /** Reads or makes something of audio. */
  @FunctionalInterface
  public interface Work<T> {
    T run() throws IOException;
  }

  /**
   * Decodes a file; of a NumPy file, the samples are rounded to float.
   *
   * @throws IOException where it cannot be read or decoded; the message names the file
   */
  public static AudioClip read(Path file) throws IOException {
    if (!isNumpy(file)) {
      return naming(file, () -> AudioDecoder.decode(Files.readAllBytes(file)));
    }
    double[] samples = readSamples(file);
    float[] rounded = new float[samples.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) samples[i];
    }
    return naming(file, () -> AudioClip.of(rounded, SAMPLE_RATE));
  }

  /** Whether a file is one of NumPy, by its name. */
  public static boolean isNumpy(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".npy");
  }

  /**
   * The mono samples in a NumPy file, taken to be at 16 kHz.
   *
   * @throws IOException where it cannot be read or has another shape; the message names the file
   */
  public static double[] readSamples(Path file) throws IOException {
    NpyArray array = naming(file, () -> NpyArray.read(file));
    if (array.shape().size() != 1) {
      throw new IOException("%s: shape %s; it must be [samples]".formatted(file, array.shape()));
    }
    return array.values();
  }

  /** What the work gives; its failures name the file. */
  public static <T> T naming(Path file, Work<T> work) throws IOException {
    InputPath.checkFile(file);
    try {
      return work.run();
    } catch (InvalidAudioException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }
}
