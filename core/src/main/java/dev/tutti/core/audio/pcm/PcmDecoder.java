package dev.tutti.core.audio.pcm;

import dev.tutti.core.audio.AudioClip;
import dev.tutti.core.audio.AudioReader;
import dev.tutti.core.audio.CheckedReader;
import dev.tutti.core.audio.InvalidAudioException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Decodes headerless PCM. */
public final class PcmDecoder {
  private PcmDecoder() {}

  /**
   * Decodes the bytes between position and limit; the buffer's position stays where it is.
   *
   * @param littleEndian the samples of one instant stand next to each other, channel by channel
   * @param sampleRate in Hz, 4,000 to 192,000
   * @param channels 1 to 8; several are mixed down to their mean
   * @throws InvalidAudioException where there are no samples, the bytes do not make whole frames,
   *     or a sample is not finite
   */
  public static AudioClip decode(
      ByteBuffer littleEndian, SampleFormat format, int sampleRate, int channels) {
    AudioReader reader = open(littleEndian, format, sampleRate, channels);
    return reader.readClip(Integer.MAX_VALUE);
  }

  /**
   * Opens the bytes between position and limit for reading block by block; the buffer is not
   * changed, and must not be by the caller. Parameters and exceptions are those of {@link #decode},
   * but what lies in the samples is found when it is read.
   */
  public static AudioReader open(
      ByteBuffer littleEndian, SampleFormat format, int sampleRate, int channels) {
    AudioReader.checkChannels(channels);
    int frameBytes = format.bytes() * channels;
    if (littleEndian.remaining() % frameBytes != 0) {
      throw new InvalidAudioException(
          "%d bytes of PCM are not a whole number of frames of %d bytes (%s, %d channels)"
              .formatted(littleEndian.remaining(), frameBytes, format, channels));
    }
    ByteBuffer frames = littleEndian.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    return new CheckedReader(new PcmReader(frames, format.encoding(), channels, sampleRate));
  }
}
