package dev.tutti.core.audio;

import java.io.ByteArrayInputStream;
import java.util.Optional;
import javazoom.jl.decoder.Bitstream;
import javazoom.jl.decoder.Decoder;
import javazoom.jl.decoder.Header;
import javazoom.jl.decoder.JavaLayerException;
import javazoom.jl.decoder.SampleBuffer;

/**
 * Decodes MPEG audio layers I to III by JLayer, to 16 bits. The silence that encoders put before
 * and after the audio is taken away where the file says how much it is. MPEG audio carries no
 * checksum worth the name: damage within a frame can sound, and only what breaks the frames is
 * noticed.
 */
final class Mp3Decoder {
  private static final double FULL_SCALE = 32_768;

  /** By how many samples a decoder is late. */
  private static final int DECODER_DELAY = 529;

  private Mp3Decoder() {}

  /** Whether a file starts as MPEG audio does: with an ID3v2 tag or a frame's sync word. */
  static boolean accepts(byte[] file) {
    boolean tag = file.length > 3 && file[0] == 'I' && file[1] == 'D' && file[2] == '3';
    // Eleven ones, then a version and a layer that are not reserved.
    boolean frame =
        file.length > 3
            && file[0] == (byte) 0xFF
            && (file[1] & 0xE0) == 0xE0
            && (file[1] & 0x18) != 0x08
            && (file[1] & 0x06) != 0;
    return tag || frame;
  }

  static AudioClip decode(byte[] file) {
    Bitstream stream = new Bitstream(new ByteArrayInputStream(file));
    MonoSamples mono = new MonoSamples();
    Optional<MpegInfo> info = MpegInfo.of(file);
    boolean silent = info.isPresent();
    int sampleRate = 0;
    try {
      Decoder decoder = new Decoder();
      for (Header header = stream.readFrame(); header != null; header = stream.readFrame()) {
        if (sampleRate != 0 && header.frequency() != sampleRate) {
          throw new InvalidAudioException("the MP3 file changes its sample rate");
        }
        sampleRate = header.frequency();
        if (!silent) {
          add((SampleBuffer) decoder.decodeFrame(header, stream), mono);
        }
        silent = false;
        stream.closeFrame();
      }
    } catch (JavaLayerException e) {
      throw new InvalidAudioException("the MP3 file is broken: " + e.getMessage(), e);
    } catch (InvalidAudioException e) {
      throw e;
    } catch (RuntimeException e) {
      // The library does not check all that it reads.
      throw new InvalidAudioException("the MP3 file is broken: " + e, e);
    }
    if (mono.length() == 0) {
      throw new InvalidAudioException("the MP3 file has no frame of audio");
    }
    return trimmed(mono, info.orElse(new MpegInfo(0, 0)), sampleRate);
  }

  /** Without the silence; where more is said to be silent than there is, nothing is taken. */
  private static AudioClip trimmed(MonoSamples mono, MpegInfo info, int sampleRate) {
    int from = info.delay() == 0 ? 0 : info.delay() + DECODER_DELAY;
    int audio = mono.length() - info.delay() - info.padding();
    return from >= mono.length() || audio <= 0
        ? mono.clip(mono.length(), sampleRate)
        : mono.clip(from, Math.min(mono.length(), from + audio), sampleRate);
  }

  private static void add(SampleBuffer frame, MonoSamples mono) {
    int channels = frame.getChannelCount();
    short[] samples = frame.getBuffer();
    for (int i = 0; i + channels <= frame.getBufferLength(); i += channels) {
      int sum = 0;
      for (int c = 0; c < channels; c++) {
        sum += samples[i + c];
      }
      mono.add(sum / (FULL_SCALE * channels));
    }
  }
}
