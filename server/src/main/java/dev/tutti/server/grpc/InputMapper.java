package dev.tutti.server.grpc;

import dev.tutti.core.audio.pcm.SampleFormat;
import dev.tutti.core.spectrogram.Spectrogram;
import dev.tutti.core.spectrogram.StftParameters;
import dev.tutti.server.bank.Bank;
import dev.tutti.server.classify.AudioInput;
import dev.tutti.server.classify.LengthPolicy;
import dev.tutti.server.error.FailedPreconditionException;
import dev.tutti.server.error.InvalidInputException;
import dev.tutti.server.wire.StftMapper;
import dev.tutti.v1.Audio;
import dev.tutti.v1.CachePolicy;
import dev.tutti.v1.DataType;
import dev.tutti.v1.Pcm;

/** What clients send to be classified, from the wire into the domain. */
final class InputMapper {
  private static final int MAX_CHANNELS = 8;

  private InputMapper() {}

  /** Checks what can be checked without decoding. */
  static AudioInput audio(Audio audio) {
    return switch (audio.getContentCase()) {
      case ENCODED_FILE -> {
        if (audio.getEncodedFile().isEmpty()) {
          throw new InvalidInputException(
              "audio.encoded_file",
              "The file is empty; accepted are WAV, FLAC, Ogg Vorbis, MP3 and AIFF.");
        }
        yield new AudioInput.EncodedFile(audio.getEncodedFile().asReadOnlyByteBuffer());
      }
      case PCM -> pcm(audio.getPcm());
      case CONTENT_NOT_SET ->
          throw new InvalidInputException(
              "audio.content", "There is no audio; set encoded_file or pcm.");
    };
  }

  private static AudioInput pcm(Pcm pcm) {
    SampleFormat format =
        switch (pcm.getDtype()) {
          case DATA_TYPE_FLOAT32 -> SampleFormat.FLOAT32;
          case DATA_TYPE_FLOAT64 -> SampleFormat.FLOAT64;
          case DATA_TYPE_INT16 -> SampleFormat.INT16;
          default ->
              throw new InvalidInputException(
                  "audio.pcm.dtype",
                  "The type is "
                      + pcm.getDtype()
                      + "; accepted are DATA_TYPE_FLOAT32, DATA_TYPE_FLOAT64 and"
                      + " DATA_TYPE_INT16.");
        };
    if (pcm.getSamples().isEmpty()) {
      throw new InvalidInputException(
          "audio.pcm.samples", "There are no samples; at least one is needed.");
    }
    int channels = pcm.getChannels() == 0 ? 1 : pcm.getChannels();
    if (channels < 1 || channels > MAX_CHANNELS) {
      throw new InvalidInputException(
          "audio.pcm.channels", channels + " channels; accepted are 1 to " + MAX_CHANNELS + ".");
    }
    int rate = pcm.getSampleRateHz();
    if (rate < 4000 || rate > 192_000) {
      throw new InvalidInputException(
          "audio.pcm.sample_rate_hz",
          "The sample rate is " + rate + " Hz; accepted are 4000 to 192000 Hz.");
    }
    return new AudioInput.Pcm(pcm.getSamples().asReadOnlyByteBuffer(), format, rate, channels);
  }

  static Spectrogram spectrogram(dev.tutti.v1.Spectrogram wire, Bank bank) {
    if (wire.hasStft() && !stft(wire.getStft()).equals(bank.stft())) {
      throw new FailedPreconditionException(
          "spectrogram.stft: the spectrogram was computed with "
              + stft(wire.getStft())
              + "; the models of bank '"
              + bank.name()
              + "' take "
              + bank.stft()
              + ".");
    }
    return TensorMapper.spectrogram("spectrogram.decibels", wire.getDecibels(), bank);
  }

  static LengthPolicy length(
      dev.tutti.v1.LengthPolicy wire, LengthPolicy fallback, boolean keepAllowed) {
    LengthPolicy policy =
        switch (wire) {
          case LENGTH_POLICY_UNSPECIFIED -> fallback;
          case LENGTH_POLICY_FIT -> LengthPolicy.FIT;
          case LENGTH_POLICY_STRICT -> LengthPolicy.STRICT;
          case LENGTH_POLICY_KEEP -> LengthPolicy.KEEP;
          case UNRECOGNIZED -> null;
        };
    if (policy == null || (policy == LengthPolicy.KEEP && !keepAllowed)) {
      throw new InvalidInputException(
          "length_policy",
          "The policy is "
              + wire
              + "; accepted are LENGTH_POLICY_FIT, LENGTH_POLICY_STRICT"
              + (keepAllowed ? " and LENGTH_POLICY_KEEP." : "."));
    }
    return policy;
  }

  static boolean bypass(CachePolicy wire) {
    if (wire == CachePolicy.UNRECOGNIZED) {
      throw new InvalidInputException(
          "cache_policy", "Accepted are CACHE_POLICY_USE and CACHE_POLICY_BYPASS.");
    }
    return wire == CachePolicy.CACHE_POLICY_BYPASS;
  }

  private static StftParameters stft(dev.tutti.v1.StftParameters stft) {
    try {
      return StftMapper.fromProto(stft);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException("spectrogram.stft", e.getMessage(), e);
    }
  }

  static String name(DataType dtype) {
    return dtype == DataType.UNRECOGNIZED ? "unknown" : dtype.name();
  }
}
