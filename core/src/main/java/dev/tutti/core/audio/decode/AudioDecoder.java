package dev.tutti.core.audio.decode;

import dev.tutti.core.audio.AudioClip;
import dev.tutti.core.audio.AudioReader;
import dev.tutti.core.audio.CheckedReader;
import dev.tutti.core.audio.InvalidAudioException;
import dev.tutti.core.audio.container.AudioTags;
import dev.tutti.core.audio.container.ForeignFormat;
import dev.tutti.core.audio.flac.FlacDecoder;
import dev.tutti.core.audio.mp3.Mp3Reader;
import dev.tutti.core.audio.mp3.MpegFrames;
import dev.tutti.core.audio.ogg.VorbisReader;
import dev.tutti.core.audio.pcm.AiffDecoder;
import dev.tutti.core.audio.pcm.Chunks;
import dev.tutti.core.audio.pcm.WavDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

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

  private AudioDecoder() {}

  /**
   * Decodes a whole file.
   *
   * @throws InvalidAudioException where the file is of another kind, broken, without samples, or
   *     has more than 2^26 of them
   */
  public static AudioClip decode(byte[] file) {
    try (AudioReader reader = open(ByteBuffer.wrap(file))) {
      // Stored as they are, samples take at least a byte each.
      int most = Math.max(MAX_SAMPLES, file.length);
      AudioClip clip = reader.readClip(most);
      if (clip.length() == most && reader.read(new float[1]) > 0) {
        throw new InvalidAudioException("the audio has more than " + most + " samples");
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
    ForeignFormat.check(audio);
    if (WavDecoder.accepts(audio)) {
      return WavDecoder.open(audio);
    }
    return switch (Chunks.id(audio, 0)) {
      case "fLaC" -> new FlacDecoder(audio);
      case "FORM" -> AiffDecoder.open(audio);
      case "OggS" -> vorbis(audio);
      default -> {
        if (!MpegFrames.in(audio)) {
          throw ForeignFormat.unknown(audio);
        }
        yield new Mp3Reader(audio);
      }
    };
  }

  /** The one decoder that is a library of its own, which not every program brings. */
  private static AudioReader vorbis(ByteBuffer audio) {
    try {
      return new VorbisReader(audio);
    } catch (NoClassDefFoundError e) {
      throw new InvalidAudioException(
          "the file is Ogg; Ogg Vorbis is read with the library com.googlecode.soundlibs:jorbis,"
              + " which is not on the class path",
          e);
    }
  }
}
