package dev.tutti.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** WAV files of float samples. */
final class WaveFile {
  private WaveFile() {}

  /** A mono tone of so many samples. */
  static Path tone(Path file, int samples, int rate) throws IOException {
    float[] tone = new float[samples];
    for (int i = 0; i < samples; i++) {
      tone[i] = (float) (0.5 * Math.sin(0.3 * i));
    }
    return write(file, tone, rate, 1);
  }

  /** Interleaved samples. */
  static Path write(Path file, float[] samples, int rate, int channels) throws IOException {
    int bytes = samples.length * Float.BYTES;
    ByteBuffer wave = ByteBuffer.allocate(44 + bytes).order(ByteOrder.LITTLE_ENDIAN);
    wave.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + bytes);
    wave.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
    wave.putShort((short) 3).putShort((short) channels).putInt(rate);
    wave.putInt(rate * channels * Float.BYTES);
    wave.putShort((short) (channels * Float.BYTES)).putShort((short) 32);
    wave.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(bytes);
    wave.asFloatBuffer().put(samples);
    return Files.write(file, wave.array());
  }
}
