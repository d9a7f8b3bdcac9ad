package dev.tutti.core.label;

import java.util.Locale;
import java.util.Optional;

/**
 * The eleven instrument families of NSynth. The NSynth id is part of the data set's format and is
 * therefore written out; it is never a position in a vector (see {@link FamilySet}).
 */
public enum InstrumentFamily {
  BASS(0),
  BRASS(1),
  FLUTE(2),
  GUITAR(3),
  KEYBOARD(4),
  MALLET(5),
  ORGAN(6),
  REED(7),
  STRING(8),
  SYNTH_LEAD(9),
  VOCAL(10);

  private final int nsynthId;
  private final String label;

  InstrumentFamily(int nsynthId) {
    this.nsynthId = nsynthId;
    this.label = name().toLowerCase(Locale.ROOT);
  }

  /** The id in NSynth's {@code instrument_family} feature, 0..10. */
  public int nsynthId() {
    return nsynthId;
  }

  /** The name in NSynth's {@code instrument_family_str} feature, such as {@code synth_lead}. */
  public String label() {
    return label;
  }

  /** The family with this NSynth id, or empty where there is none. */
  public static Optional<InstrumentFamily> ofNsynthId(int id) {
    for (InstrumentFamily family : values()) {
      if (family.nsynthId == id) {
        return Optional.of(family);
      }
    }
    return Optional.empty();
  }

  /** The family with exactly this NSynth name, or empty where there is none. */
  public static Optional<InstrumentFamily> ofLabel(String label) {
    for (InstrumentFamily family : values()) {
      if (family.label.equals(label)) {
        return Optional.of(family);
      }
    }
    return Optional.empty();
  }

  @Override
  public String toString() {
    return label;
  }
}
