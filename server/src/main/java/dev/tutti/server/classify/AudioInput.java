package dev.tutti.server.classify;

import dev.tutti.core.audio.AudioClip;
import dev.tutti.core.audio.AudioDecoder;
import dev.tutti.core.audio.InvalidAudioException;
import dev.tutti.core.audio.PcmDecoder;
import dev.tutti.core.audio.SampleFormat;
import dev.tutti.core.content.ContentDigest;
import dev.tutti.server.error.InvalidInputException;
import java.nio.ByteBuffer;

/** Audio as it arrived, not decoded yet: decoding is work for the signal pool. */
public sealed interface AudioInput {
  /** Identifies the content before it is decoded, so that a cache hit costs no decoding. */
  ContentDigest digest();

  /**
   * @throws InvalidInputException when the bytes are no audio
   */
  AudioClip decode();

  /** A whole audio file. Never compared: its digest is. */
  @SuppressWarnings("ArrayRecordComponent")
  record EncodedFile(byte[] bytes) implements AudioInput {
    @Override
    public ContentDigest digest() {
      return ContentDigest.builder().add("file").add(bytes).build();
    }

    @Override
    public AudioClip decode() {
      try {
        return AudioDecoder.decode(bytes);
      } catch (InvalidAudioException e) {
        throw new InvalidInputException("audio.encoded_file", e.getMessage(), e);
      }
    }
  }

  /** Raw little-endian samples, interleaved. Never compared: its digest is. */
  @SuppressWarnings("ArrayRecordComponent")
  record Pcm(byte[] bytes, SampleFormat format, int sampleRate, int channels)
      implements AudioInput {
    @Override
    public ContentDigest digest() {
      return ContentDigest.builder()
          .add("pcm")
          .add(format.name())
          .add(sampleRate)
          .add(channels)
          .add(bytes)
          .build();
    }

    @Override
    public AudioClip decode() {
      try {
        return PcmDecoder.decode(ByteBuffer.wrap(bytes), format, sampleRate, channels);
      } catch (InvalidAudioException e) {
        throw new InvalidInputException("audio.pcm", e.getMessage(), e);
      }
    }
  }
}
