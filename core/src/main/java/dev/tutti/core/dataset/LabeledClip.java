package dev.tutti.core.dataset;

import dev.tutti.core.audio.AudioClip;
import dev.tutti.core.label.InstrumentFamily;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * A note and the family that plays it.
 *
 * @param id unique within its data set
 * @param pitch MIDI note number 0..127, where known
 * @param velocity MIDI velocity 0..127, where known
 */
public record LabeledClip(
    String id, InstrumentFamily family, AudioClip audio, OptionalInt pitch, OptionalInt velocity) {
  /** Refuses nulls. */
  public LabeledClip {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(family, "family");
    Objects.requireNonNull(audio, "audio");
    Objects.requireNonNull(pitch, "pitch");
    Objects.requireNonNull(velocity, "velocity");
  }
}
