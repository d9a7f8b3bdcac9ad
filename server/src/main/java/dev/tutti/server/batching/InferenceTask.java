package dev.tutti.server.batching;

import dev.tutti.core.spectrogram.Spectrogram;
import dev.tutti.server.admission.Lane;
import dev.tutti.server.admission.Queued;

/**
 * One sample on its way to a worker, and its outcome: the probabilities, one per family of the bank
 * in id order. The fields that change are guarded by the {@link Batcher}'s lock.
 */
final class InferenceTask extends Queued<float[]> {
  private final Batcher batcher;
  final Spectrogram spectrogram;

  /** The digest of the bank that shall answer. */
  final String bank;

  /** Where it waits, or would wait. */
  Lane lane;

  /** Its place among all samples in order of arrival, which it keeps when it comes back. */
  long number;

  long enqueuedNanos;

  /** Workers that ended while they had this sample. */
  int lostWorkers;

  /** Those of them that crashed, where the sample may be the reason. */
  int crashes;

  InferenceTask(Batcher batcher, Spectrogram spectrogram, String bank, Lane lane) {
    this.batcher = batcher;
    this.spectrogram = spectrogram;
    this.bank = bank;
    this.lane = lane;
  }

  long bytes() {
    return (long) spectrogram.values().length * Float.BYTES;
  }

  /** A sample under suspicion travels alone, so that no other is blamed for it. */
  boolean mustTravelAlone() {
    return crashes > 0;
  }

  @Override
  public void promote() {
    batcher.promote(this);
  }
}
