package dev.tutti.core.audio.decode;

import dev.tutti.core.audio.InvalidAudioException;
import dev.tutti.core.audio.mp3.MpegFiles;
import dev.tutti.core.audio.pcm.Chunks;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts a file into the pieces that its format is made of: chunks of WAV and AIFF, metadata blocks
 * and frames of FLAC, pages of Ogg, frames of MPEG audio. What is no such piece is one by itself.
 * The pieces in their order are the file.
 */
final class AudioPieces {
  private static final int FILE_HEADER = 12;
  private static final int CHUNK_HEADER = 8;
  private static final int FLAC_BLOCK_HEADER = 4;

  private final byte[] file;
  private final List<Integer> starts = new ArrayList<>(List.of(0));

  private AudioPieces(byte[] file) {
    this.file = file;
  }

  static List<byte[]> of(byte[] file) {
    AudioPieces pieces = new AudioPieces(file);
    ByteBuffer bytes = ByteBuffer.wrap(file);
    try {
      switch (Chunks.id(bytes, 0)) {
        case "RIFF", "RIFX", "RF64", "BW64", "FORM" -> pieces.chunks(bytes);
        case "fLaC" -> pieces.flac();
        case "OggS" -> pieces.pages();
        default -> pieces.frames(bytes);
      }
    } catch (InvalidAudioException e) {
      // What follows is one piece.
    }
    return pieces.cut();
  }

  private List<byte[]> cut() {
    List<byte[]> pieces = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      int end = i + 1 < starts.size() ? starts.get(i + 1) : file.length;
      pieces.add(Arrays.copyOfRange(file, starts.get(i), end));
    }
    return pieces;
  }

  private void chunks(ByteBuffer bytes) {
    boolean big = file[0] == 'F' || file[3] == 'X';
    ByteBuffer ordered = bytes.order(big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    long at = FILE_HEADER;
    while (at + CHUNK_HEADER <= file.length) {
      starts.add((int) at);
      long size = Integer.toUnsignedLong(ordered.getInt((int) at + 4));
      at += CHUNK_HEADER + size + size % 2;
    }
  }

  private void flac() {
    int at = FLAC_BLOCK_HEADER;
    boolean last = false;
    while (!last && at + FLAC_BLOCK_HEADER <= file.length) {
      starts.add(at);
      last = file[at] < 0;
      at += FLAC_BLOCK_HEADER + (ByteBuffer.wrap(file).getInt(at) & 0xFFFFFF);
    }
    for (int next = flacFrame(file, at); next < file.length; next = flacFrame(file, next + 16)) {
      starts.add(next);
    }
  }

  /** Where a frame of FLAC seems to begin, from a byte on; the file's length for nowhere. */
  static int flacFrame(byte[] file, int from) {
    for (int i = from; i + 1 < file.length; i++) {
      if (file[i] == -1 && (file[i + 1] & 0xFE) == 0xF8) {
        return i;
      }
    }
    return file.length;
  }

  private void pages() {
    int at = AudioChecksums.OggPages.end(file, 0);
    while (at < file.length) {
      starts.add(at);
      at = AudioChecksums.OggPages.end(file, at);
    }
  }

  private void frames(ByteBuffer bytes) {
    MpegFiles.frameStarts(bytes).stream().filter(start -> start > 0).forEach(starts::add);
  }
}
