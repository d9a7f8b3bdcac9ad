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

  /** A whole audio file. The buffer is read-only and copied only when it is decoded. */
  record EncodedFile(ByteBuffer bytes) implements AudioInput {
    @Override
    public ContentDigest digest() {
      return ContentDigest.builder().add("file").add(bytes.duplicate()).build();
    }

    @Override
    public AudioClip decode() {
      try {
        byte[] file = new byte[bytes.remaining()];
        bytes.duplicate().get(file);
        return AudioDecoder.decode(file);
      } catch (InvalidAudioException e) {
        throw new InvalidInputException("audio.encoded_file", e.getMessage(), e);
      }
    }
  }

  /** Raw little-endian samples, interleaved. */
  record Pcm(ByteBuffer bytes, SampleFormat format, int sampleRate, int channels)
      implements AudioInput {
    @Override
    public ContentDigest digest() {
      return ContentDigest.builder()
          .add("pcm")
          .add(format.name())
          .add(sampleRate)
          .add(channels)
          .add(bytes.duplicate())
          .build();
    }

    @Override
    public AudioClip decode() {
      try {
        return PcmDecoder.decode(bytes.duplicate(), format, sampleRate, channels);
      } catch (InvalidAudioException e) {
        throw new InvalidInputException("audio.pcm", e.getMessage(), e);
      }
    }
  }
}
