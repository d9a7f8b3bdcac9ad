package dev.tutti.worker.training.data;

import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.core.spectrogram.Spectrogram;

/** A note as the network's bands see it, kept small: 16 bits a level. For any number of threads. */
public final class BandNote {
  private static final float STEPS_A_DECIBEL = 128;
  private static final float STEP = 1 / STEPS_A_DECIBEL;

  private final InstrumentFamily family;
  private final String instrument;
  private final short[] levels;
  private final float headroom;

  /**
   * Projects a note.
   *
   * @param instrument notes of the same one are not independent of each other
   */
  BandNote(
      InstrumentFamily family,
      String instrument,
      Spectrogram spectrogram,
      BandProjection projection) {
    this(family, instrument, projection.project(spectrogram), highest(spectrogram.values()));
  }

  /**
   * A note of other levels.
   *
   * @param peak the highest level of the whole spectrogram
   */
  BandNote(InstrumentFamily family, String instrument, float[] values, float peak) {
    this.family = family;
    this.instrument = instrument;
    levels = new short[values.length];
    for (int i = 0; i < values.length; i++) {
      float steps =
          Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, values[i] * STEPS_A_DECIBEL));
      levels[i] = (short) Math.round(steps);
    }
    headroom = peak - highest(values);
  }

  public InstrumentFamily family() {
    return family;
  }

  public String instrument() {
    return instrument;
  }

  /** By how many dB the highest bin is above the highest band. */
  public float headroom() {
    return headroom;
  }

  /** Writes the levels in dB, row-major [bands][frames]. */
  public void copyTo(float[] to) {
    copyTo(to, 0);
  }

  /** The same from a place on. */
  public void copyTo(float[] to, int from) {
    for (int i = 0; i < levels.length; i++) {
      to[from + i] = levels[i] * STEP;
    }
  }

  /** How many levels. */
  public int size() {
    return levels.length;
  }

  public static float highest(float[] values) {
    float highest = values[0];
    for (float value : values) {
      highest = Math.max(highest, value);
    }
    return highest;
  }
}
