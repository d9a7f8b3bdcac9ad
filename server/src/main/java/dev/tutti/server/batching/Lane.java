package dev.tutti.server.batching;

/** Which queue a piece of work waits in. Interactive work never waits behind batch work. */
public enum Lane {
  INTERACTIVE,
  BATCH
}
