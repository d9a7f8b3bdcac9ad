package dev.tutti.cli.render;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * An instrument of a sound font.
 *
 * @param bank 0 for those of General MIDI, others for variations of them
 * @param program from 0 to 127
 * @param name as the font calls it
 */
record SoundFontPreset(int bank, int program, String name) {
  private static final int RIFF = id("RIFF");
  private static final int LIST = id("LIST");
  private static final int PRESETS = id("pdta");
  private static final int HEADERS = id("phdr");
  private static final int CHUNK_HEADER = 8;
  private static final int NAME = 20;
  private static final int HEADER = 38;
  private static final int DRUMS = 128;

  /**
   * The melodic presets that a font lists (SoundFont 2.04 specification, 7.2), by program and bank.
   *
   * @throws RenderException where the file is not a sound font
   */
  static List<SoundFontPreset> list(Path font) throws IOException {
    try (FileChannel file = FileChannel.open(font)) {
      if (file.size() < 12 || chunkAt(file, 0).id != RIFF) {
        throw new RenderException(font + " is not a sound font (.sf2 or .sf3)");
      }
      long at = 12;
      while (at + CHUNK_HEADER <= file.size()) {
        Chunk chunk = chunkAt(file, at);
        if (chunk.id == LIST && read(file, at + CHUNK_HEADER, 4).getInt() == PRESETS) {
          return headers(file, at + CHUNK_HEADER + 4, font);
        }
        at += CHUNK_HEADER + chunk.size + (chunk.size & 1);
      }
    }
    throw new RenderException(font + " is a sound font without presets");
  }

  private record Chunk(int id, long size) {}

  private static Chunk chunkAt(FileChannel file, long at) throws IOException {
    ByteBuffer header = read(file, at, CHUNK_HEADER);
    return new Chunk(header.getInt(), Integer.toUnsignedLong(header.getInt()));
  }

  private static List<SoundFontPreset> headers(FileChannel file, long at, Path font)
      throws IOException {
    Chunk chunk = chunkAt(file, at);
    if (chunk.id != HEADERS || chunk.size > file.size() - at || chunk.size % HEADER != 0) {
      throw new RenderException(font + " has a broken list of presets");
    }
    ByteBuffer headers = read(file, at + CHUNK_HEADER, (int) chunk.size);
    List<SoundFontPreset> presets = new ArrayList<>();
    // The last header only ends the list.
    for (int start = 0; start + HEADER < chunk.size; start += HEADER) {
      byte[] name = new byte[NAME];
      headers.get(start, name);
      int program = Short.toUnsignedInt(headers.getShort(start + NAME));
      int bank = Short.toUnsignedInt(headers.getShort(start + NAME + 2));
      if (bank < DRUMS) {
        String text = new String(name, StandardCharsets.ISO_8859_1);
        int end = text.indexOf('\0');
        presets.add(
            new SoundFontPreset(bank, program, (end < 0 ? text : text.substring(0, end)).strip()));
      }
    }
    presets.sort(
        Comparator.comparingInt(SoundFontPreset::program).thenComparingInt(SoundFontPreset::bank));
    return presets;
  }

  private static ByteBuffer read(FileChannel file, long at, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, at + bytes.position()) < 0) {
        throw new RenderException("the sound font is cut off at byte " + file.size());
      }
    }
    return bytes.flip();
  }

  private static int id(String letters) {
    return ByteBuffer.wrap(letters.getBytes(StandardCharsets.US_ASCII))
        .order(ByteOrder.LITTLE_ENDIAN)
        .getInt();
  }
}
