package dev.tutti.server.device;

import java.util.Locale;

/** What workers are asked to compute in. */
public enum Precision {
  /** Each worker's own choice, by its processor and its bank's probes. */
  AUTO,
  FLOAT32,
  BFLOAT16;

  /** The value of a worker's option. */
  public String option() {
    return name().toLowerCase(Locale.ROOT);
  }
}
