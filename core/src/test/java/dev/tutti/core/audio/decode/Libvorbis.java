package dev.tutti.core.audio.decode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What the reference decoder of Vorbis makes of a file, as sox plays it. */
final class Libvorbis {
  private final Path folder;

  /**
   * @param folder for the file that it reads and writes
   */
  Libvorbis(Path folder) {
    this.folder = folder;
  }

  /** A file's samples in 16 bits; empty where it is refused or sox is not installed. */
  Optional<Ffmpeg.Decoded> decode(byte[] file) throws IOException {
    Path in = Files.write(folder.resolve("sox.ogg"), file);
    Path out = folder.resolve("sox.wav");
    Process process;
    try {
      process =
          new ProcessBuilder("sox", in.toString(), "-e", "float", "-b", "32", out.toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      return Optional.empty();
    }
    try {
      boolean ended = process.waitFor(1, TimeUnit.MINUTES);
      process.destroyForcibly();
      return ended && process.exitValue() == 0
          ? Optional.of(Ffmpeg.wav(Files.readAllBytes(out), ""))
          : Optional.empty();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
