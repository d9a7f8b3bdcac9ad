package dev.tutti.client.cli;

import dev.tutti.core.audio.AudioClip;
import dev.tutti.core.audio.AudioDecoder;
import dev.tutti.core.audio.InvalidAudioException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads audio files that a command line names. */
final class AudioFiles {
  private AudioFiles() {}

  /**
   * Decodes a file.
   *
   * @throws IOException where it cannot be read or decoded; the message names the file
   */
  static AudioClip read(Path file) throws IOException {
    try {
      return AudioDecoder.decode(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw new IOException(file + ": there is no such file", e);
    } catch (InvalidAudioException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }
}
