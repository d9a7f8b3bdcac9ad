package dev.tutti.server.batching;

import dev.tutti.core.spectrogram.Spectrogram;
import dev.tutti.server.admission.Pass;
import dev.tutti.server.admission.Permit;
import dev.tutti.server.admission.Queued;
import dev.tutti.server.admission.StageTimes.Stage;
import dev.tutti.server.error.ExpiredException;
import dev.tutti.server.error.InvalidInputException;
import dev.tutti.server.error.UnavailableException;
import java.time.Duration;
import java.util.Optional;

/**
 * One sample on its way to a worker, and its outcome. The fields that change are guarded by the
 * {@link Batcher}'s lock.
 */
final class InferenceTask extends Queued<Inference> {
  private static final int MAX_LOST_WORKERS = 5;
  private static final int CRASHES_TO_QUARANTINE = 2;

  private final Batcher batcher;
  final Spectrogram spectrogram;

  /** The digest of the bank that is to answer. */
  final String bank;

  /** On what the request brought: until the sample has its outcome and no worker has it. */
  private final Permit held;

  /** Says where it waits, or would wait, and until when. */
  Pass pass;

  /** Its place among all samples in order of arrival, which it keeps when it comes back. */
  long number;

  long enqueuedNanos;

  /** When it went to a worker, the last time it did. */
  private long sentNanos;

  /** Whether a worker has it. */
  private boolean underWay;

  /** Workers that ended while they had this sample. */
  private int lostWorkers;

  /** Those of them that crashed, where the sample may be the reason. */
  private int crashes;

  InferenceTask(Batcher batcher, Spectrogram spectrogram, String bank, Pass pass) {
    this.batcher = batcher;
    this.spectrogram = spectrogram;
    this.bank = bank;
    this.pass = pass;
    this.held = pass.load().hold();
  }

  long bytes() {
    return (long) spectrogram.values().length * Float.BYTES;
  }

  /** A sample under suspicion travels alone, so that no other is blamed for it. */
  boolean mustTravelAlone() {
    return crashes > 0;
  }

  /** Why it need not wait any longer; nothing while it must. */
  Optional<ExpiredException> expiry(Duration maxQueueTime, long now) {
    if (pass.deadline().hasPassed(now)) {
      return Optional.of(pass.deadline().passed());
    }
    return now - enqueuedNanos < maxQueueTime.toNanos()
        ? Optional.empty()
        : Optional.of(
            new ExpiredException(
                "No worker took the sample within " + maxQueueTime.toSeconds() + " s."));
  }

  void sent(long now) {
    underWay = true;
    sentNanos = now;
  }

  /** No worker has it any more. */
  void back() {
    underWay = false;
  }

  boolean isUnderWay() {
    return underWay;
  }

  /** It has its outcome and nobody here uses its sample any more. */
  void letGo() {
    whenComplete((inference, failure) -> held.release(Permit.Outcome.of(failure)));
  }

  /** A worker ended that had it; returns why it is not tried again, or nothing if it is. */
  Optional<RuntimeException> lost(WorkerLostException loss) {
    lostWorkers++;
    crashes += loss.crashed() ? 1 : 0;
    if (crashes >= CRASHES_TO_QUARANTINE) {
      return Optional.of(
          new InvalidInputException(
              "input", "The sample made two workers crash or hang and is not tried again.", loss));
    }
    return lostWorkers < MAX_LOST_WORKERS
        ? Optional.empty()
        : Optional.of(
            new UnavailableException(
                MAX_LOST_WORKERS + " workers ended while they had this sample.", loss));
  }

  void answer(Inference inference) {
    pass.times().add(Stage.BATCH_QUEUE, sentNanos - enqueuedNanos);
    pass.times().addMicros(Stage.WORKER_QUEUE, inference.queueMicros());
    pass.times().addMicros(Stage.WORKER, inference.workerMicros());
    complete(inference);
  }

  @Override
  public void alsoFor(Pass joiner) {
    batcher.join(this, joiner);
  }
}
