package dev.tutti.core.audio;

import java.util.Arrays;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Resamples what another reader gives, block by block: the samples are those of {@link
 * Resampler#resample} bit for bit, however they are asked for.
 */
final class ResampledReader implements AudioReader {
  private static final int BLOCK = 4096;

  private final AudioReader source;
  private final Resampler resampler;
  private final int rate;
  private final float[] block = new float[BLOCK];

  /**
   * The input after the zeros in front of it, from number {@code first} on; {@code held} are set.
   */
  private final double[] padded;

  private long first;
  private int held;
  private long received;
  private long produced;
  private boolean ended;

  ResampledReader(AudioReader source, int rate) {
    this.source = source;
    this.rate = rate;
    this.resampler = new Resampler(source.sampleRate(), rate);
    this.padded = new double[3 * resampler.taps() + BLOCK];
    this.held = resampler.reach();
  }

  @Override
  public int sampleRate() {
    return rate;
  }

  @Override
  public OptionalLong length() {
    OptionalLong length = source.length();
    return length.isEmpty() ? length : OptionalLong.of(resampler.length(length.getAsLong()));
  }

  @Override
  public int read(float[] out, int offset, int count) {
    Objects.checkFromIndexSize(offset, count, out.length);
    int made = make(out, offset, count);
    while (made == 0 && count > 0 && !ended) {
      fill();
      made = make(out, offset, count);
    }
    return made == 0 && count > 0 ? -1 : made;
  }

  /** Makes the outputs for which the input is at hand. */
  private int make(float[] out, int offset, int count) {
    int made = 0;
    while (made < count
        && resampler.start(produced) + resampler.taps() <= first + held
        && (!ended || produced < resampler.length(received))) {
      out[offset + made++] = resampler.at(produced++, padded, first);
    }
    return made;
  }

  /** Drops the input that is no longer needed and takes more; at its end, the zeros behind it. */
  private void fill() {
    int unused = (int) Math.min(resampler.start(produced) - first, held);
    System.arraycopy(padded, unused, padded, 0, held - unused);
    first += unused;
    held -= unused;
    int count = source.read(block, 0, Math.min(BLOCK, padded.length - held));
    if (count < 0) {
      ended = true;
      int zeros = resampler.taps();
      Arrays.fill(padded, held, held + zeros, 0);
      held += zeros;
      return;
    }
    for (int i = 0; i < count; i++) {
      padded[held++] = block[i];
    }
    received += count;
  }

  @Override
  public void close() {
    source.close();
  }
}
