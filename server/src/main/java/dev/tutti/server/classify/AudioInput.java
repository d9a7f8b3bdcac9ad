package dev.tutti.server.classify;

import dev.tutti.core.audio.AudioReader;
import dev.tutti.core.audio.InvalidAudioException;
import dev.tutti.core.audio.decode.AudioDecoder;
import dev.tutti.core.audio.pcm.PcmDecoder;
import dev.tutti.core.audio.pcm.SampleFormat;
import dev.tutti.core.content.ContentDigest;
import java.nio.ByteBuffer;

/** Audio as it arrived, not decoded yet: decoding is work for the DSP pool. */
public sealed interface AudioInput {
  /** Identifies the content before it is decoded, so that a cache hit costs no decoding. */
  ContentDigest digest();

  /**
   * Opens it for decoding block by block, without a copy.
   *
   * @throws InvalidAudioException when the bytes are not audio; reading may say so as well
   */
  AudioReader open();

  /** Where it stands in a request. */
  String field();

  /** What it holds on to. */
  long bytes();

  /** A whole audio file. The buffer is read-only. */
  record EncodedFile(ByteBuffer buffer) implements AudioInput {
    @Override
    public ContentDigest digest() {
      return ContentDigest.builder().add("file").add(buffer.duplicate()).build();
    }

    @Override
    public AudioReader open() {
      return AudioDecoder.open(buffer.duplicate());
    }

    @Override
    public String field() {
      return "audio.encoded_file";
    }

    @Override
    public long bytes() {
      return buffer.remaining();
    }
  }

  /** Raw little-endian samples, interleaved. */
  record Pcm(ByteBuffer buffer, SampleFormat format, int sampleRate, int channels)
      implements AudioInput {
    @Override
    public ContentDigest digest() {
      return ContentDigest.builder()
          .add("pcm")
          .add(format.name())
          .add(sampleRate)
          .add(channels)
          .add(buffer.duplicate())
          .build();
    }

    @Override
    public AudioReader open() {
      return PcmDecoder.open(buffer.duplicate(), format, sampleRate, channels);
    }

    @Override
    public String field() {
      return "audio.pcm";
    }

    @Override
    public long bytes() {
      return buffer.remaining();
    }
  }
}
