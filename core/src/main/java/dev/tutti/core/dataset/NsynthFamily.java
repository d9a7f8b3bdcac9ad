package dev.tutti.core.dataset;

import dev.tutti.core.label.InstrumentFamily;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The family of a note as NSynth's formats give it: by number, by name, or by both. */
final class NsynthFamily {
  private NsynthFamily() {}

  /**
   * The family, by its number where there is one.
   *
   * @param number NSynth's id
   * @param name NSynth's name
   * @throws IllegalArgumentException where it is none of the eleven; the message says what is
   */
  static Optional<InstrumentFamily> of(OptionalLong number, Optional<String> name) {
    if (number.isPresent()) {
      long id = number.getAsLong();
      return Optional.of(
          InstrumentFamily.ofNsynthId((int) Math.max(-1, Math.min(id, Integer.MAX_VALUE)))
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "unknown instrument family %d; accepted are 0 to 10".formatted(id))));
    }
    return name.map(NsynthFamily::named);
  }

  private static InstrumentFamily named(String name) {
    return InstrumentFamily.ofLabel(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown instrument family '%s'; accepted are %s"
                        .formatted(name, List.of(InstrumentFamily.values()))));
  }
}
