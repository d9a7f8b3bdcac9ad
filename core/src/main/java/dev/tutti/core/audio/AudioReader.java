package dev.tutti.core.audio;

import java.util.Arrays;
import java.util.OptionalLong;

/**
 * Pulls the mono samples of a recording block by block, in order; several channels are mixed down
 * to their mean. Memory is that of a block, however long the recording is. For one thread.
 *
 * <p>What stands behind the last block that was read has not been looked at: damage there is
 * reported when reading gets to it.
 */
public interface AudioReader extends AutoCloseable {
  /** What a file says of its length is believed up to here before the samples are there. */
  int FIRST_CAPACITY = 1 << 20;

  /** Recordings of more channels are refused. */
  int MAX_CHANNELS = 8;

  /** Samples a second, {@value AudioClip#MIN_SAMPLE_RATE} to {@value AudioClip#MAX_SAMPLE_RATE}. */
  int sampleRate();

  /**
   * How many samples the whole recording has, where the file says so in a way that can be relied on
   * before it is decoded.
   */
  OptionalLong length();

  /**
   * Reads the next samples, full scale -1..1, all finite.
   *
   * @param count how many at most
   * @return how many were written from {@code offset} on, at least 1 where {@code count} is
   *     positive; -1 at the end
   * @throws InvalidAudioException where the file turns out to be broken, cut, or without samples
   * @throws IndexOutOfBoundsException where the block has no such room
   */
  int read(float[] block, int offset, int count);

  /** Fills a block as far as is at hand: {@code read(block, 0, block.length)}. */
  default int read(float[] block) {
    return read(block, 0, block.length);
  }

  /**
   * The next samples as a clip: all that are left, or the first {@code maxSamples} of them. Nothing
   * behind those is decoded.
   *
   * @param maxSamples at least 1
   * @throws InvalidAudioException as {@link #read} does, and where nothing is left
   */
  default AudioClip readClip(int maxSamples) {
    long expected = Math.min(length().orElse(1 << 12), maxSamples);
    float[] samples = new float[(int) Math.max(1, Math.min(expected, FIRST_CAPACITY))];
    int length = 0;
    int count = read(samples);
    while (count >= 0 && length + count < maxSamples) {
      length += count;
      if (length == samples.length) {
        samples = Arrays.copyOf(samples, (int) Math.min(2L * length, maxSamples));
      }
      count = read(samples, length, samples.length - length);
    }
    length += Math.max(count, 0);
    return AudioClip.of(
        length == samples.length ? samples : Arrays.copyOf(samples, length), sampleRate());
  }

  /**
   * The samples that are left, at another rate: the same as {@link Resampler#resample} makes of
   * them, block by block. This reader is read and closed through the new one.
   *
   * @throws InvalidAudioException where the rate is out of range
   */
  default AudioReader resampled(int rate) {
    return rate == sampleRate() ? this : new ResampledReader(this, rate);
  }

  /**
   * Checks how many channels a recording has before they are mixed down.
   *
   * @throws InvalidAudioException unless there are 1 to {@value #MAX_CHANNELS}
   */
  static void checkChannels(int channels) {
    if (channels < 1 || channels > MAX_CHANNELS) {
      throw new InvalidAudioException(
          "the audio has %d channels; accepted are 1 to %d".formatted(channels, MAX_CHANNELS));
    }
  }

  @Override
  default void close() {}
}
