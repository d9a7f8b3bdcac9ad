package dev.tutti.core.audio;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Decodes audio files by their content, whatever they are called. */
public final class AudioDecoder {
  private static final int MAGIC_LENGTH = 4;

  private AudioDecoder() {}

  /**
   * Decodes a whole WAV, FLAC, Ogg Vorbis, MP3 or AIFF file of 1 to 8 channels; several are mixed
   * down to their mean.
   *
   * @throws InvalidAudioException where the file is of another kind, broken or without samples
   */
  public static AudioClip decode(byte[] file) {
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
      return Mp3Decoder.decode(file);
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
