package dev.tutti.server.batching;

import dev.tutti.core.spectrogram.Spectrogram;
import java.util.concurrent.CompletableFuture;

/**
 * One sample on its way to a worker. Guarded by the {@link Batcher}'s lock, except for the result.
 */
final class InferenceTask {
  final Spectrogram spectrogram;

  /** The digest of the bank that shall answer. */
  final String bank;

  final Lane lane;
  final long enqueuedNanos;

  /** The probabilities, one per family of the bank in id order. */
  final CompletableFuture<float[]> result = new CompletableFuture<>();

  /** Workers that ended while they had this sample. */
  int lostWorkers;

  /** Those of them that crashed, where the sample may be the reason. */
  int crashes;

  InferenceTask(Spectrogram spectrogram, String bank, Lane lane, long enqueuedNanos) {
    this.spectrogram = spectrogram;
    this.bank = bank;
    this.lane = lane;
    this.enqueuedNanos = enqueuedNanos;
  }

  /** A sample under suspicion travels alone, so that no other is blamed for it. */
  boolean mustTravelAlone() {
    return crashes > 0;
  }
}
