package dev.tutti.server.classify;

/** What happens to a clip that is shorter or longer than the models' window. */
public enum LengthPolicy {
  /** Pad with silence at the end, or keep the first window. */
  FIT,
  /** Refuse. */
  STRICT,
  /** Use as it is; only where no model runs. */
  KEEP
}
