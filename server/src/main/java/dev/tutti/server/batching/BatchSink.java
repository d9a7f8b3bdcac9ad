package dev.tutti.server.batching;

import dev.tutti.server.error.UnavailableException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Where batches go. */
public interface BatchSink {
  /**
   * Returns room for one batch, or nothing while every worker has all it may have.
   *
   * @param bank the digest of the bank that is to answer
   */
  Optional<Slot> tryAcquire(String bank);

  /** Why no worker will ever answer for a bank; nothing while one may. Any thread, at any time. */
  default Optional<UnavailableException> refusal(String bank) {
    return Optional.empty();
  }

  /** Calls back whenever {@link #tryAcquire} may succeed again. Any thread; must return quickly. */
  void onRoom(Runnable listener);

  /** Room for one batch: either runs one or is given back. */
  interface Slot {
    /**
     * Runs a batch and gives the room back.
     *
     * @return one row of probabilities per sample, in order; or {@link WorkerLostException} when
     *     the worker ended first, or any other exception when the worker refused the batch
     */
    CompletableFuture<BatchAnswer> run(Batch batch);

    /** Gives the room back, as there is nothing to run after all. */
    void giveBack();
  }
}
