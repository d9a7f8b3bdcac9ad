package dev.tutti.server.admission;

/** Which queue a piece of work waits in. Interactive work never waits behind batch work. */
public enum Lane {
  INTERACTIVE,
  BATCH
}
