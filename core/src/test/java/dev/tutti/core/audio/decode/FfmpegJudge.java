package dev.tutti.core.audio.decode;

import dev.tutti.core.audio.InvalidAudioException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** What ffmpeg makes of a file, where it finds no error. */
final class FfmpegJudge {
  private final Path folder;
  private boolean missing;
  private int agreed;
  private int differed;

  /**
   * @param folder for the files on which the two differ
   */
  FfmpegJudge(Path folder) {
    this.folder = folder;
  }

  /** Compares the number of samples, and keeps the file where it is another. */
  void compare(byte[] file, String name) throws IOException {
    Files.createDirectories(folder);
    Path path = Files.write(folder.resolve(name), file);
    long theirs = missing ? -1 : samples(path);
    long ours = AudioDecoder.decode(file).length();
    if (theirs == ours || theirs < 0) {
      agreed += theirs < 0 ? 0 : 1;
      Files.delete(path);
    } else {
      differed++;
      System.out.printf("%s has %d samples, for ffmpeg %d%n", path, ours, theirs);
    }
  }

  /** How many samples a channel ffmpeg decodes; -1 where it complains. */
  private long samples(Path file) throws IOException {
    Path out = folder.resolve("out.wav");
    Path log = folder.resolve("ffmpeg.log");
    String[] command = {
      "ffmpeg",
      "-v",
      "warning",
      "-y",
      "-i",
      file.toString(),
      "-ac",
      "1",
      "-f",
      "wav",
      "-c:a",
      "pcm_f32le",
      out.toString()
    };
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      process.getOutputStream().close();
      boolean ended = process.waitFor(1, TimeUnit.MINUTES);
      if (!ended || process.exitValue() != 0 || Files.size(log) > 0) {
        process.destroyForcibly();
        return -1;
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      System.out.println("SKIPPED: ffmpeg is not installed");
      missing = true;
      return -1;
    }
    ByteBuffer wav = ByteBuffer.wrap(Files.readAllBytes(out)).order(ByteOrder.LITTLE_ENDIAN);
    try {
      return AudioDecoder.open(wav).length().orElse(-1);
    } catch (InvalidAudioException e) {
      return 0;
    }
  }

  @Override
  public String toString() {
    return "of those that ffmpeg was asked about, %d agree and %d differ"
        .formatted(agreed, differed);
  }
}
