package dev.tutti.server.evaluate;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes small data sets: a folder per family with WAV files at 4 kHz. */
public final class NoteFolder {
  private static final int RATE = 4000;
  private static final int HEADER = 44;

  private NoteFolder() {}

  /** Writes {@code notes} notes of each family. */
  public static Path write(Path folder, int notes, String... families) throws IOException {
    for (int f = 0; f < families.length; f++) {
      Path family = Files.createDirectories(folder.resolve(families[f]));
      for (int i = 0; i < notes; i++) {
        Files.write(family.resolve("note" + i + ".wav"), wav(60, 0.1 * (f + 1) + 0.01 * i));
      }
    }
    return folder;
  }

  /** A 16-bit WAV file of a sine with so many cycles a sample. */
  public static byte[] wav(int samples, double frequency) {
    ByteBuffer file =
        ByteBuffer.allocate(HEADER + samples * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    file.put(ascii("RIFF")).putInt(file.capacity() - 8).put(ascii("WAVEfmt ")).putInt(16);
    file.putShort((short) 1).putShort((short) 1).putInt(RATE).putInt(RATE * Short.BYTES);
    file.putShort((short) Short.BYTES).putShort((short) 16);
    file.put(ascii("data")).putInt(samples * Short.BYTES);
    for (int i = 0; i < samples; i++) {
      file.putShort((short) (16_000 * Math.sin(2 * Math.PI * frequency * i)));
    }
    return file.array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
