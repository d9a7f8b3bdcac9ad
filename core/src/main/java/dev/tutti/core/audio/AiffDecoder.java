package dev.tutti.core.audio;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/** Decodes AIFF files of integer PCM by the Java platform's own reader. */
final class AiffDecoder {
  private AiffDecoder() {}

  static AudioClip decode(byte[] file) {
    try (AudioInputStream in = AudioSystem.getAudioInputStream(new ByteArrayInputStream(file))) {
      AudioFormat format = in.getFormat();
      byte[] samples = read(in, file.length);
      long wanted = in.getFrameLength() * format.getFrameSize();
      if (samples.length < wanted) {
        throw new InvalidAudioException(
            "the AIFF file is cut: it claims %d bytes of samples, %d are there"
                .formatted(wanted, samples.length));
      }
      return decode(samples, format);
    } catch (UnsupportedAudioFileException | IOException e) {
      throw new InvalidAudioException("the AIFF file cannot be read: " + e.getMessage(), e);
    } catch (InvalidAudioException e) {
      throw e;
    } catch (RuntimeException e) {
      // What the platform's reader lets through of a damaged header.
      throw new InvalidAudioException("the AIFF file is damaged: " + e, e);
    }
  }

  /** All there is, at most so many bytes. The reader of a damaged file may give none for ever. */
  private static byte[] read(AudioInputStream in, int most) throws IOException {
    byte[] bytes = new byte[most];
    int length = 0;
    for (int count = 1; count > 0 && length < most; ) {
      count = in.read(bytes, length, most - length);
      length += Math.max(0, count);
    }
    return Arrays.copyOf(bytes, length);
  }

  private static AudioClip decode(byte[] samples, AudioFormat format) {
    int bits = format.getSampleSizeInBits();
    PcmEncoding encoding =
        switch (bits) {
          case 8 -> PcmEncoding.UINT8;
          case 16 -> PcmEncoding.INT16;
          case 24 -> PcmEncoding.INT24;
          case 32 -> PcmEncoding.INT32;
          default -> throw unsupported(format);
        };
    if (!format.getEncoding().equals(AudioFormat.Encoding.PCM_SIGNED)) {
      throw unsupported(format);
    }
    PcmDecoder.checkChannels(format.getChannels());
    int sampleRate = Math.round(format.getSampleRate());
    AudioClip.checkSampleRate(sampleRate);
    toLittleEndian(samples, encoding, format.isBigEndian());
    ByteBuffer frames = ByteBuffer.wrap(samples).order(ByteOrder.LITTLE_ENDIAN);
    return AudioClip.of(encoding.mixDown(frames, format.getChannels()), sampleRate);
  }

  /** Turns signed samples into what {@link PcmEncoding} reads, in place. */
  private static void toLittleEndian(byte[] samples, PcmEncoding encoding, boolean bigEndian) {
    int width = encoding.bytes();
    if (width == 1) {
      for (int i = 0; i < samples.length; i++) {
        samples[i] ^= (byte) 0x80;
      }
    } else if (bigEndian) {
      for (int start = 0; start + width <= samples.length; start += width) {
        for (int i = start, j = start + width - 1; i < j; i++, j--) {
          byte swap = samples[i];
          samples[i] = samples[j];
          samples[j] = swap;
        }
      }
    }
  }

  private static InvalidAudioException unsupported(AudioFormat format) {
    return new InvalidAudioException(
        "AIFF samples of kind %s with %d bits are not accepted; accepted is PCM of 8, 16, 24 or 32"
                .formatted(format.getEncoding(), format.getSampleSizeInBits())
            + " bits");
  }
}
