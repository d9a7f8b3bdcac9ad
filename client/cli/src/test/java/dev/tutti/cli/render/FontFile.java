package dev.tutti.cli.render;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Sound fonts of presets alone. */
final class FontFile {
  private FontFile() {}

  static Path write(Path file, List<SoundFontPreset> presets) throws IOException {
    ByteBuffer headers =
        ByteBuffer.allocate(38 * (presets.size() + 1)).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < presets.size(); i++) {
      SoundFontPreset preset = presets.get(i);
      headers.position(38 * i).put(preset.name().getBytes(StandardCharsets.US_ASCII));
      headers.putShort(38 * i + 20, (short) preset.program());
      headers.putShort(38 * i + 22, (short) preset.bank());
    }
    byte[] info = chunk("LIST", text("INFO", new byte[2]));
    byte[] data = chunk("LIST", text("pdta", chunk("phdr", headers.array())));
    ByteBuffer body = ByteBuffer.allocate(info.length + data.length).put(info).put(data);
    return Files.write(file, chunk("RIFF", text("sfbk", body.array())));
  }

  private static byte[] chunk(String id, byte[] body) {
    return ByteBuffer.allocate(8 + body.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(id.getBytes(StandardCharsets.US_ASCII))
        .putInt(body.length)
        .put(body)
        .array();
  }

  private static byte[] text(String id, byte[] body) {
    return ByteBuffer.allocate(4 + body.length)
        .put(id.getBytes(StandardCharsets.US_ASCII))
        .put(body)
        .array();
  }
}
