package dev.tutti.core.spectrogram;

import dev.tutti.core.content.ContentDigest;
import dev.tutti.core.content.PackedFloats;
import java.nio.ByteBuffer;
import java.util.List;

/** Levels in dB over frequency and time, as the models see them. Immutable by convention. */
public final class Spectrogram {
  private final int bins;
  private final int frames;
  private final float[] values;

  /** Computed at most a few times in a race; every computation gives the same value. */
  private volatile ContentDigest digest;

  private Spectrogram(int bins, int frames, float[] values) {
    this.bins = bins;
    this.frames = frames;
    this.values = values;
  }

  /**
   * A spectrogram that takes the array: the caller must not write to it afterwards.
   *
   * @param values row-major [bins][frames]: a bin's frames stand next to each other
   * @throws IllegalArgumentException where the shape is empty, the number of values does not fit it
   *     or a value is not finite (its index is named)
   */
  public static Spectrogram of(int bins, int frames, float[] values) {
    if (bins < 1 || frames < 1 || (long) bins * frames != values.length) {
      throw new IllegalArgumentException(
          "%d values do not make a spectrogram of %d bins x %d frames"
              .formatted(values.length, bins, frames));
    }
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new IllegalArgumentException(
            "spectrogram value %d (bin %d, frame %d) is %s; every value must be finite"
                .formatted(i, i / frames, i % frames, values[i]));
      }
    }
    return new Spectrogram(bins, frames, values);
  }

  /**
   * A spectrogram of packed float32 values.
   *
   * @param littleEndian taken from position to limit, row-major [bins][frames]; its position stays
   *     where it is
   * @throws IllegalArgumentException where the bytes do not fit the shape, or as {@link #of} does
   */
  public static Spectrogram ofLittleEndian(int bins, int frames, ByteBuffer littleEndian) {
    return of(bins, frames, PackedFloats.unpack(littleEndian));
  }

  /** As {@link #of}, for values known to be finite and to fit the shape. */
  static Spectrogram ofFinite(int bins, int frames, float[] values) {
    return new Spectrogram(bins, frames, values);
  }

  public int bins() {
    return bins;
  }

  public int frames() {
    return frames;
  }

  /** The spectrogram's own array, row-major [bins][frames]: callers must not write to it. */
  public float[] values() {
    return values;
  }

  /** The values as packed float32, row-major [bins][frames]; a copy. */
  public byte[] toLittleEndian() {
    return PackedFloats.pack(values);
  }

  /** The digest of shape and values. */
  public ContentDigest digest() {
    ContentDigest known = digest;
    if (known == null) {
      known = ContentDigest.builder().add(bins).add(frames).add(values).build();
      digest = known;
    }
    return known;
  }

  /**
   * The mean of equally shaped spectrograms, bit for bit as {@code numpy.mean(arrays, axis=0)} on
   * float32: sums in order, rounded to float after each addition, then one division.
   *
   * @throws IllegalArgumentException where there are none or their shapes differ
   */
  public static Spectrogram mean(List<Spectrogram> spectrograms) {
    if (spectrograms.isEmpty()) {
      throw new IllegalArgumentException("the mean of no spectrograms is undefined");
    }
    Spectrogram first = spectrograms.get(0);
    float[] sum = first.values.clone();
    for (Spectrogram next : spectrograms.subList(1, spectrograms.size())) {
      if (next.bins != first.bins || next.frames != first.frames) {
        throw new IllegalArgumentException(
            "spectrograms of %d x %d and %d x %d have no mean; the shapes must be equal"
                .formatted(first.bins, first.frames, next.bins, next.frames));
      }
      for (int i = 0; i < sum.length; i++) {
        sum[i] += next.values[i];
      }
    }
    float count = spectrograms.size();
    for (int i = 0; i < sum.length; i++) {
      sum[i] /= count;
    }
    return of(first.bins, first.frames, sum);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Spectrogram that
        && bins == that.bins
        && frames == that.frames
        && digest().equals(that.digest());
  }

  @Override
  public int hashCode() {
    return digest().hashCode();
  }

  @Override
  public String toString() {
    return "Spectrogram[%d bins x %d frames]".formatted(bins, frames);
  }
}
