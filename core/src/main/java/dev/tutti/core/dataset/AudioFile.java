package dev.tutti.core.dataset;

import dev.tutti.core.audio.AudioClip;
import dev.tutti.core.audio.InvalidAudioException;
import dev.tutti.core.audio.decode.AudioDecoder;
import dev.tutti.core.content.ContentDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * A note's audio in a file of its own.
 *
 * @param path an audio file of any kind that is read
 * @param split see {@link AudioLocation#split}
 */
record AudioFile(Path path, String split) implements AudioLocation {
  private static final List<String> ENDINGS =
      List.of(".wav", ".wave", ".flac", ".ogg", ".oga", ".mp3", ".aif", ".aiff", ".aifc");

  /** Whether a file's name says that it is audio of a kind we read. */
  static boolean isNamedAsAudio(Path path) {
    String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
    return ENDINGS.stream().anyMatch(name::endsWith);
  }

  static List<String> endings() {
    return ENDINGS;
  }

  @Override
  public AudioClip read() throws DatasetException {
    try {
      return AudioDecoder.decode(Files.readAllBytes(path));
    } catch (InvalidAudioException e) {
      throw new DatasetException("%s: %s".formatted(path, e.getMessage()), e);
    } catch (IOException e) {
      throw DatasetException.unreadable(path, e);
    }
  }

  @Override
  public ContentDigest fingerprint() throws DatasetException {
    return FileState.digest(path).build();
  }
}
