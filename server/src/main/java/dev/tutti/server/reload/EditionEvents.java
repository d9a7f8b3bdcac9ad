package dev.tutti.server.reload;

import dev.tutti.server.bank.EditionObserver;
import dev.tutti.server.error.UnavailableException;

/** Hears how the workers of an edition do. Must return quickly. */
interface EditionEvents extends EditionObserver {
  /** A worker ended before it was of use; it may be started again. */
  void onSetback(String worker, String reason);

  /** Every worker has been given up. */
  void onHopeless(UnavailableException reason);
}
