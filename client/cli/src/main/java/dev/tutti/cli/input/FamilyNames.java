package dev.tutti.cli.input;

import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.InstrumentFamily;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Families as people write them. */
public final class FamilyNames {
  private FamilyNames() {}

  /**
   * The families of these names.
   *
   * @param there those that may be chosen
   * @param place where the names stand, for messages
   * @throws IOException for a name that is none of them, or no name at all
   */
  public static FamilySet choose(List<String> names, FamilySet there, String place)
      throws IOException {
    List<InstrumentFamily> chosen = new ArrayList<>();
    for (String name : names) {
      Optional<InstrumentFamily> family =
          name == null ? Optional.empty() : InstrumentFamily.ofLabel(name.strip());
      if (family.filter(there::contains).isEmpty()) {
        throw new IOException(
            "%s: there is no family '%s' here; there are %s".formatted(place, name, there));
      }
      chosen.add(family.get());
    }
    if (chosen.isEmpty()) {
      throw new IOException(place + ": needs one or more of " + there);
    }
    return FamilySet.of(chosen);
  }
}
