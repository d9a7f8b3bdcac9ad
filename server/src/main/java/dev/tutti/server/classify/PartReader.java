package dev.tutti.server.classify;

import dev.tutti.core.audio.AudioClip;
import dev.tutti.core.audio.AudioReader;
import dev.tutti.server.bank.Bank;
import dev.tutti.server.error.InvalidInputException;
import java.util.Arrays;

/**
 * Reads of a recording what a length policy needs and no more, so that the cost of a clip is
 * bounded by the models' window and not by what a small file can be blown up to. A length that is
 * not accepted is refused as soon as it is known. Between blocks it asks whether anybody still
 * waits.
 */
final class PartReader {
  /** Read beyond the window, for the resampling filter to reach into. */
  private static final double MARGIN_SECONDS = 1;

  private static final int BLOCK = 1 << 14;

  private final AudioReader reader;
  private final Bank bank;
  private final int maxClipSeconds;
  private final CancellationToken token;

  /** Samples read so far. */
  private long position;

  private boolean ended;

  PartReader(AudioReader reader, Bank bank, int maxClipSeconds, CancellationToken token) {
    this.reader = reader;
    this.bank = bank;
    this.maxClipSeconds = maxClipSeconds;
    this.token = token;
  }

  /**
   * @throws InvalidInputException for a length that the policy does not accept
   */
  ClipPart read(LengthPolicy policy) {
    return switch (policy) {
      case FIT -> fit();
      case STRICT -> strict();
      case KEEP -> keep();
    };
  }

  /** Samples at a rate that a clip is fitted to the window from. */
  static long neededToFit(Bank bank, int sampleRate) {
    double windowSeconds = (double) bank.windowSamples() / bank.stft().sampleRate();
    return (long) Math.ceil((windowSeconds + MARGIN_SECONDS) * sampleRate);
  }

  private ClipPart fit() {
    AudioClip clip = upTo(neededToFit(bank, reader.sampleRate()));
    if (reader.length().isPresent()) {
      return new ClipPart(clip, seconds(reader.length().getAsLong()));
    }
    float[] unheard = new float[BLOCK];
    while (!ended && position <= mostKept()) {
      read(unheard, 0, BLOCK);
    }
    return new ClipPart(clip, seconds(position));
  }

  private ClipPart strict() {
    long window = bank.windowSamples();
    int rate = bank.stft().sampleRate();
    // The most samples that become the window: resampling rounds up.
    long longest = window * reader.sampleRate() / rate;
    if (reader.length().isPresent()) {
      checkStrict(resampled(reader.length().getAsLong()), "");
    }
    AudioClip clip = upTo(longest + 1);
    checkStrict(resampled(clip.length()), clip.length() > longest ? "at least " : "");
    return new ClipPart(clip, clip.seconds());
  }

  private void checkStrict(long samples, String atLeast) {
    if (samples != bank.windowSamples()) {
      throw new InvalidInputException(
          "audio",
          "The clip has "
              + atLeast
              + samples
              + " samples at "
              + bank.stft().sampleRate()
              + " Hz; with LENGTH_POLICY_STRICT exactly "
              + bank.windowSamples()
              + " are accepted.");
    }
  }

  private ClipPart keep() {
    if (reader.length().orElse(0) > mostKept()) {
      throw tooLong(seconds(reader.length().getAsLong()) + " s long");
    }
    AudioClip clip = upTo(mostKept() + 1);
    if (clip.length() > mostKept()) {
      throw tooLong("longer");
    }
    return new ClipPart(clip, clip.seconds());
  }

  private InvalidInputException tooLong(String howLong) {
    return new InvalidInputException(
        "audio", "The clip is " + howLong + "; at most " + maxClipSeconds + " s are accepted.");
  }

  private long mostKept() {
    return (long) maxClipSeconds * reader.sampleRate();
  }

  private AudioClip upTo(long most) {
    float[] samples = new float[(int) Math.min(most, Math.max(1, reader.length().orElse(BLOCK)))];
    int length = 0;
    while (!ended && length < most) {
      if (length == samples.length) {
        samples = Arrays.copyOf(samples, (int) Math.min(most, 2L * length));
      }
      length += read(samples, length, Math.min(BLOCK, samples.length - length));
    }
    return AudioClip.of(
        length == samples.length ? samples : Arrays.copyOf(samples, length), reader.sampleRate());
  }

  private int read(float[] block, int offset, int count) {
    token.throwIfCancelled();
    int found = reader.read(block, offset, count);
    ended = found < 0;
    position += Math.max(found, 0);
    return Math.max(found, 0);
  }

  private long resampled(long samples) {
    int rate = bank.stft().sampleRate();
    return (samples * rate + reader.sampleRate() - 1) / reader.sampleRate();
  }

  private double seconds(long samples) {
    return (double) samples / reader.sampleRate();
  }
}
