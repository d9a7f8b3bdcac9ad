package dev.tutti.core.audio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * Decodes audio files by their content, whatever they are called: WAV, FLAC, Ogg Vorbis, MP3 and
 * AIFF of 1 to 8 channels, which are mixed down to their mean. Tags around the audio are passed
 * over (see {@link AudioTags}).
 */
public final class AudioDecoder {
  /** More in one clip would be a decompression bomb: 70 minutes at 16 kHz. */
  private static final int MAX_SAMPLES = 1 << 26;

  /** Files up to this size are read at once, longer ones mapped. */
  private static final long READ_AT_ONCE = 1 << 24;

  private static final int MAGIC_LENGTH = 4;

  private AudioDecoder() {}

  /**
   * Decodes a whole file.
   *
   * @throws InvalidAudioException where the file is of another kind, broken, without samples, or
   *     has more than 2^26 of them
   */
  public static AudioClip decode(byte[] file) {
    try (AudioReader reader = open(ByteBuffer.wrap(file))) {
      AudioClip clip = reader.readClip(MAX_SAMPLES);
      if (clip.length() == MAX_SAMPLES && reader.read(new float[1]) > 0) {
        throw new InvalidAudioException("the audio has more than " + MAX_SAMPLES + " samples");
      }
      return clip;
    }
  }

  /**
   * Opens a file in memory, from the buffer's position to its limit. The buffer is not changed, and
   * must not be by the caller.
   *
   * @throws InvalidAudioException where the file is of another kind, or its headers are broken
   */
  public static AudioReader open(ByteBuffer file) {
    ByteBuffer all = file.slice().asReadOnlyBuffer();
    ByteBuffer audio = all.position(AudioTags.start(all)).slice();
    return new CheckedReader(reader(audio));
  }

  /**
   * Opens a file. A long one is not held in memory.
   *
   * @throws InvalidAudioException as {@link #open(ByteBuffer)} does, and where the file is longer
   *     than 2 GiB
   */
  public static AudioReader open(Path file) throws IOException {
    long size = Files.isRegularFile(file) ? Files.size(file) : 0;
    if (size <= READ_AT_ONCE) {
      return open(ByteBuffer.wrap(Files.readAllBytes(file)));
    }
    if (size > Integer.MAX_VALUE) {
      throw new InvalidAudioException(
          "the file has %,d bytes; at most %,d are read: cut it, or make it FLAC"
              .formatted(size, Integer.MAX_VALUE));
    }
    try (FileChannel channel = FileChannel.open(file)) {
      return open(channel.map(FileChannel.MapMode.READ_ONLY, 0, size));
    }
  }

  private static AudioReader reader(ByteBuffer audio) {
    return new ClipReader(clip(audio));
  }

  private static AudioClip clip(ByteBuffer audio) {
    byte[] file = new byte[audio.remaining()];
    audio.duplicate().get(file);
    if (startsWith(file, "RIFF") || startsWith(file, "RF64") || startsWith(file, "BW64")) {
      return WavDecoder.decode(file);
    }
    if (startsWith(file, "fLaC")) {
      return FlacDecoder.decode(file);
    }
    if (startsWith(file, "OggS")) {
      return VorbisDecoder.decode(file);
    }
    if (startsWith(file, "FORM")) {
      return AiffDecoder.decode(file);
    }
    if (Mp3Decoder.accepts(file)) {
      byte[] untagged = new byte[AudioTags.end(audio, 0)];
      audio.duplicate().get(untagged);
      return Mp3Decoder.decode(untagged);
    }
    String start =
        HexFormat.ofDelimiter(" ").formatHex(file, 0, Math.min(MAGIC_LENGTH, file.length));
    throw new InvalidAudioException(
        "%d bytes starting with [%s] are no audio file of a known kind; accepted are WAV, FLAC,"
                .formatted(file.length, start)
            + " Ogg Vorbis, MP3 and AIFF");
  }

  private static boolean startsWith(byte[] file, String magic) {
    return file.length >= MAGIC_LENGTH
        && new String(file, 0, MAGIC_LENGTH, StandardCharsets.ISO_8859_1).equals(magic);
  }
}
