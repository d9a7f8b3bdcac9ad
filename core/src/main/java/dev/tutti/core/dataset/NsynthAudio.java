package dev.tutti.core.dataset;

import dev.tutti.core.audio.AudioClip;
import dev.tutti.core.audio.InvalidAudioException;
import dev.tutti.core.audio.decode.AudioDecoder;
import dev.tutti.core.dataset.example.FeatureKind;
import dev.tutti.core.dataset.example.MalformedMessageException;
import dev.tutti.core.dataset.example.TfExample;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The audio of a record, in one of three forms:
 *
 * <ul>
 *   <li>floats of -1 to 1, as NSynth has them;
 *   <li>integers, as {@code tfds.features.Audio} has them: the samples of the file that it was made
 *       of, not scaled. It names no width. Full scale is taken to be 2^15, that of 16 bits, or
 *       2^31, that of all wider ones (24 bits are widened to 32 when they are decoded), where a
 *       sample is beyond 16 bits. Of a file of 8 bits the samples come out 48 dB too quiet;
 *   <li>the bytes of one audio file of any kind that is read, which has a sample rate of its own.
 * </ul>
 */
final class NsynthAudio {
  private static final String AUDIO = "audio";
  private static final double FULL_SCALE_16 = 0x1p15;
  private static final double FULL_SCALE_32 = 0x1p31;

  private NsynthAudio() {}

  /**
   * Reads the audio.
   *
   * @param kind what the feature is
   * @param sampleRate of samples, in Hz
   * @throws InvalidAudioException where it is none
   */
  static AudioClip of(TfExample example, FeatureKind kind, int sampleRate)
      throws MalformedMessageException, InvalidAudioException {
    return switch (kind) {
      case FLOATS -> AudioClip.of(example.floats(AUDIO).orElseThrow(), sampleRate);
      case INTEGERS -> AudioClip.of(scaled(example.integers(AUDIO).orElseThrow()), sampleRate);
      case BYTES -> decoded(example.bytes(AUDIO));
    };
  }

  private static float[] scaled(long[] integers) throws InvalidAudioException {
    double fullScale = FULL_SCALE_16;
    for (long value : integers) {
      if (value != (int) value) {
        throw new InvalidAudioException(
            "the integer %d is no sample; accepted are those of 32 bits".formatted(value));
      }
      fullScale = value == (short) value ? fullScale : FULL_SCALE_32;
    }
    float[] samples = new float[integers.length];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (integers[i] / fullScale);
    }
    return samples;
  }

  private static AudioClip decoded(List<ByteBuffer> files) throws InvalidAudioException {
    if (files.size() != 1) {
      throw new InvalidAudioException(
          "is a bytes list of %d values; a float list or one audio file is needed"
              .formatted(files.size()));
    }
    byte[] file = new byte[files.get(0).remaining()];
    files.get(0).duplicate().get(file);
    try {
      return AudioDecoder.decode(file);
    } catch (InvalidAudioException e) {
      throw new InvalidAudioException(
          "is a bytes list, but of no audio file that can be read: " + e.getMessage());
    }
  }
}
