package dev.tutti.core.audio.pcm;

import dev.tutti.core.audio.AudioClip;
import dev.tutti.core.audio.AudioReader;
import dev.tutti.core.audio.InvalidAudioException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Reads interleaved samples that are stored as they are; bytes behind the last frame are ignored.
 */
final class PcmReader implements AudioReader {
  private final ByteBuffer frames;
  private final PcmEncoding encoding;
  private final int channels;
  private final int sampleRate;
  private final int length;
  private int next;

  /**
   * A reader of a buffer's bytes from position to limit, in the buffer's byte order.
   *
   * @throws InvalidAudioException where the number of channels or the rate is out of range
   */
  PcmReader(ByteBuffer frames, PcmEncoding encoding, int channels, int sampleRate) {
    AudioReader.checkChannels(channels);
    AudioClip.checkSampleRate(sampleRate);
    this.frames = frames.slice().order(frames.order());
    this.encoding = encoding;
    this.channels = channels;
    this.sampleRate = sampleRate;
    this.length = frames.remaining() / (encoding.bytes() * channels);
  }

  @Override
  public int sampleRate() {
    return sampleRate;
  }

  @Override
  public OptionalLong length() {
    return OptionalLong.of(length);
  }

  @Override
  public int read(float[] block, int offset, int count) {
    Objects.checkFromIndexSize(offset, count, block.length);
    if (next == length) {
      return -1;
    }
    int taken = Math.min(count, length - next);
    int at = next * channels * encoding.bytes();
    for (int i = 0; i < taken; i++) {
      double sum = 0;
      for (int c = 0; c < channels; c++, at += encoding.bytes()) {
        sum += encoding.read(frames, at);
      }
      block[offset + i] = (float) (sum / channels);
    }
    next += taken;
    return taken;
  }
}
