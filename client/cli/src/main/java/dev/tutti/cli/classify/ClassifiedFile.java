package dev.tutti.cli.classify;

import dev.tutti.client.TuttiException;
import dev.tutti.core.audio.AudioReader;
import dev.tutti.core.audio.InvalidAudioException;
import dev.tutti.core.audio.decode.AudioDecoder;
import dev.tutti.core.file.FileFailures;
import dev.tutti.core.file.InputPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;

/**
 * A file to classify, looked at before anything is started.
 *
 * @param file as the command line names it
 * @param seconds its length, where it says so
 * @param fault why it cannot be classified; empty where nothing is known against it
 */
public record ClassifiedFile(Path file, OptionalDouble seconds, String fault) {
  /**
   * Looks at the file's place and first bytes; what cannot be read twice, such as a pipe, later.
   */
  public static ClassifiedFile look(Path file) {
    try {
      InputPath.checkFile(file);
      if (!Files.isRegularFile(file)) {
        return new ClassifiedFile(file, OptionalDouble.empty(), "");
      }
      try (AudioReader reader = AudioDecoder.open(file)) {
        OptionalDouble seconds =
            reader.length().isPresent()
                ? OptionalDouble.of((double) reader.length().getAsLong() / reader.sampleRate())
                : OptionalDouble.empty();
        return new ClassifiedFile(file, seconds, "");
      }
    } catch (IOException | InvalidAudioException e) {
      return new ClassifiedFile(file, OptionalDouble.empty(), fault(file, e));
    }
  }

  /** What is wrong with a file, without its name. */
  public static String fault(Path file, Exception failure) {
    String sentence =
        failure instanceof IOException io ? FileFailures.sentence(io) : failure.getMessage();
    if (failure instanceof TuttiException refused && !refused.violations().isEmpty()) {
      sentence += " (" + String.join("; ", refused.violations()) + ")";
    }
    String name = file + ": ";
    return sentence.startsWith(name) ? sentence.substring(name.length()) : sentence;
  }

  /** Whether something is known against it. */
  public boolean refused() {
    return !fault.isEmpty();
  }
}
