package dev.tutti.server.wire;

import dev.tutti.core.label.InstrumentFamily;
import java.util.Optional;

/** Families by their NSynth ids; on the wire these begin at 1, since 0 stands for none. */
public final class InstrumentMapper {
  private InstrumentMapper() {}

  public static dev.tutti.v1.InstrumentFamily toProto(InstrumentFamily family) {
    return dev.tutti.v1.InstrumentFamily.forNumber(family.nsynthId() + 1);
  }

  /** The family; empty where none is named, or one that this release does not know. */
  public static Optional<InstrumentFamily> fromProto(dev.tutti.v1.InstrumentFamily family) {
    return family == dev.tutti.v1.InstrumentFamily.UNRECOGNIZED
        ? Optional.empty()
        : InstrumentFamily.ofNsynthId(family.getNumber() - 1);
  }
}
