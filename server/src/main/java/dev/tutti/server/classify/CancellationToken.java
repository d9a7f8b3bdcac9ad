package dev.tutti.server.classify;

import java.util.concurrent.CancellationException;

/** Asked by long work between its steps, so that it stops once its caller has left. */
@FunctionalInterface
public interface CancellationToken {
  boolean isCancelled();

  /**
   * @throws CancellationException when nobody waits for the outcome any more
   */
  default void throwIfCancelled() {
    if (isCancelled()) {
      throw new CancellationException("nobody waits for the outcome any more");
    }
  }
}
