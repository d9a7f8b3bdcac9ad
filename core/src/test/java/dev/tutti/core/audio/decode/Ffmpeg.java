package dev.tutti.core.audio.decode;

import dev.tutti.core.audio.container.AudioTags;
import dev.tutti.core.audio.mp3.MpegFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What ffmpeg makes of files. Many go through one process, as its start costs more than a file
 * does; a file that it fails at takes the others of its process with it, so the caller asks again
 * about each alone.
 */
final class Ffmpeg {
  private static final int MINUTES = 2;
  private static final int CHUNK_HEADER = 8;
  private static final String MOST_BYTES = "8000000";

  /**
   * A file as ffmpeg reads it.
   *
   * @param samples the mean of the channels; empty where ffmpeg finds no sample
   * @param log what it complains about
   */
  record Decoded(int sampleRate, FloatBuffer samples, String log) {}

  private final Path folder;

  /**
   * @param folder for the files that ffmpeg reads and writes
   */
  Ffmpeg(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  /** Whether ffmpeg can be run here. */
  static boolean isInstalled() {
    try {
      Process process =
          new ProcessBuilder("ffmpeg", "-version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Decodes files by one process.
   *
   * @param format of all of them, which ffmpeg need not guess
   * @return one for each; empty where ffmpeg fails at one of them
   */
  List<Decoded> decode(List<byte[]> files, String format) throws IOException {
    List<String> command =
        new ArrayList<>(List.of("ffmpeg", "-nostdin", "-hide_banner", "-v", "warning", "-y"));
    for (int i = 0; i < files.size(); i++) {
      Path in = Files.write(folder.resolve(i + "." + format), files.get(i));
      command.addAll(List.of("-f", format, "-threads", "1"));
      command.addAll(format.equals("mp3") ? List.of("-c:a", mpeg(files.get(i))) : List.of());
      command.addAll(format.matches("wav|aiff") ? List.of("-guess_layout_max", "0") : List.of());
      command.addAll(List.of("-i", in.toString()));
    }
    for (int i = 0; i < files.size(); i++) {
      command.addAll(
          List.of("-map", i + ":a:0", "-c:a", "pcm_f32le", "-bitexact", "-fs", MOST_BYTES, out(i)));
    }
    Path log = folder.resolve("ffmpeg.log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    List<Decoded> decoded = new ArrayList<>();
    if (endsWell(process)) {
      String said = Files.readString(log, StandardCharsets.ISO_8859_1);
      for (int i = 0; i < files.size(); i++) {
        decoded.add(wav(Files.readAllBytes(Path.of(out(i))), said));
      }
    }
    return decoded;
  }

  /** The decoder whose samples are not cut to 16 bits. */
  private static String mpeg(byte[] file) {
    ByteBuffer all = ByteBuffer.wrap(file);
    return "mp" + MpegFiles.layer(all.position(AudioTags.start(all)).slice()) + "float";
  }

  private String out(int i) {
    return folder.resolve(i + ".out.wav").toString();
  }

  private static boolean endsWell(Process process) {
    try {
      boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
      process.destroyForcibly();
      return ended && process.exitValue() == 0;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Reads what ffmpeg and sox write: float32 behind a format chunk and perhaps others. */
  static Decoded wav(byte[] file, String log) {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int channels = bytes.getShort(22);
    int at = 12;
    while (bytes.getInt(at) != 0x61746164) {
      at += CHUNK_HEADER + bytes.getInt(at + 4);
    }
    bytes.position(at + CHUNK_HEADER);
    float[] samples = new float[bytes.remaining() / (Float.BYTES * channels)];
    for (int i = 0; i < samples.length; i++) {
      double sum = 0;
      for (int c = 0; c < channels; c++) {
        sum += bytes.getFloat();
      }
      samples[i] = (float) (sum / channels);
    }
    return new Decoded(bytes.getInt(24), FloatBuffer.wrap(samples), log);
  }
}
