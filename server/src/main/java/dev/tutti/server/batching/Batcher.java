package dev.tutti.server.batching;

import dev.tutti.core.spectrogram.Spectrogram;
import dev.tutti.server.admission.Lane;
import dev.tutti.server.admission.Queued;
import dev.tutti.server.error.ExpiredException;
import dev.tutti.server.error.InvalidInputException;
import dev.tutti.server.error.OverloadedException;
import dev.tutti.server.error.UnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongSupplier;

/**
 * Turns single samples into batches. A batch leaves as soon as there is a sample and room in the
 * sink; under load samples pile up while the workers are busy, so batches fill by themselves.
 *
 * <p>When a worker ends with a batch, its samples go back to the front and out again to another
 * worker, or to the same one once it is back. Samples of a worker that crashed travel alone from
 * then on; one that crashes a second worker is quarantined.
 */
public final class Batcher implements AutoCloseable {
  private static final int MAX_LOST_WORKERS = 5;
  private static final int CRASHES_TO_QUARANTINE = 2;
  private static final Duration SWEEP_INTERVAL = Duration.ofMillis(250);

  private final BatchPolicy policy;
  private final BatchSink sink;
  private final LongSupplier nanoClock;
  private final WakeUp wakeUp;

  private final Object lock = new Object();
  private final BatchQueue queue;

  /** Why no more samples are taken; null while they are. */
  private UnavailableException closed;

  public Batcher(
      BatchPolicy policy,
      BatchSink sink,
      ScheduledExecutorService scheduler,
      LongSupplier nanoClock) {
    this.policy = policy;
    this.sink = sink;
    this.nanoClock = nanoClock;
    this.wakeUp = new WakeUp(scheduler, nanoClock, this::pump);
    this.queue = new BatchQueue(policy.laneCapacity(), policy.maxEnqueuedBytes());
    sink.onRoom(this::pump);
  }

  /**
   * Enqueues one sample. Cancelling the future takes the sample out of the queue if it still waits.
   *
   * @param bank the digest of the bank that shall answer
   * @return its probabilities; or {@link OverloadedException} at once when the lane is full, {@link
   *     ExpiredException} when it waited too long, {@link InvalidInputException} when it crashed
   *     two workers, {@link UnavailableException} when workers ended time and again, none will ever
   *     answer for the bank, or the gateway stops
   */
  public Queued<float[]> submit(Spectrogram spectrogram, String bank, Lane lane) {
    InferenceTask task = new InferenceTask(this, spectrogram, bank, lane);
    Optional<? extends RuntimeException> refusal;
    synchronized (lock) {
      refusal = closed != null ? Optional.of(closed) : queue.offer(task, nanoClock.getAsLong());
    }
    if (refusal.isPresent()) {
      task.completeExceptionally(refusal.get());
      return task;
    }
    task.whenComplete(
        (row, failure) -> {
          if (task.isCancelled()) {
            withdraw(task);
          }
        });
    pump();
    return task;
  }

  private void withdraw(InferenceTask task) {
    synchronized (lock) {
      queue.remove(task);
    }
  }

  /** Lets a sample wait in the interactive lane from now on. */
  void promote(InferenceTask task) {
    synchronized (lock) {
      queue.promote(task);
    }
  }

  public int queued() {
    synchronized (lock) {
      return queue.size();
    }
  }

  /** What waits, in bytes of spectrogram values. */
  public long queuedBytes() {
    synchronized (lock) {
      return queue.bytes();
    }
  }

  /** Fails what still waits; batches under way are left to finish. */
  @Override
  public void close() {
    closeWith(new UnavailableException("The gateway is stopping."));
  }

  /** Fails what waits and whatever comes later, for this reason. The first reason stays. */
  public void closeWith(UnavailableException reason) {
    List<InferenceTask> dropped;
    synchronized (lock) {
      closed = closed == null ? reason : closed;
      dropped = queue.removeIf(task -> true);
      wakeUp.cancel();
    }
    dropped.forEach(task -> task.completeExceptionally(reason));
  }

  private void pump() {
    sweep();
    while (true) {
      Optional<Departure> departure;
      synchronized (lock) {
        if (queue.isEmpty() || !timeToSend()) {
          return;
        }
        departure = nextDeparture();
        if (departure.isEmpty()) {
          wakeUp.within(nextSweep());
          return;
        }
      }
      send(departure.get().batch(), departure.get().slot());
    }
  }

  private record Departure(List<InferenceTask> batch, BatchSink.Slot slot) {}

  /** A batch of one bank; the bank of whoever waits in front goes first. */
  private Optional<Departure> nextDeparture() {
    for (String bank : queue.banks()) {
      Optional<BatchSink.Slot> room = sink.tryAcquire(bank);
      if (room.isPresent()) {
        return Optional.of(new Departure(queue.take(policy.maxBatchSize(), bank), room.get()));
      }
    }
    return Optional.empty();
  }

  /** Whether the batch is full or has waited long enough; sets the timer when it has not. */
  private boolean timeToSend() {
    if (policy.batchTimeout().isZero() || queue.size() >= policy.maxBatchSize()) {
      return true;
    }
    Duration left = policy.batchTimeout().minusNanos(queue.longestWait(nanoClock.getAsLong()));
    if (left.isNegative() || left.isZero()) {
      return true;
    }
    wakeUp.within(left);
    return false;
  }

  /** When to look again for samples that waited too long, or will never be answered. */
  private Duration nextSweep() {
    Duration left = policy.maxQueueTime().minusNanos(queue.longestWait(nanoClock.getAsLong()));
    return left.compareTo(SWEEP_INTERVAL) < 0 ? left : SWEEP_INTERVAL;
  }

  /** Drops the samples that nobody will answer, or that waited too long. */
  private void sweep() {
    List<InferenceTask> expired;
    Map<InferenceTask, UnavailableException> refused = new LinkedHashMap<>();
    synchronized (lock) {
      for (String bank : queue.banks()) {
        sink.refusal(bank)
            .ifPresent(
                reason ->
                    queue
                        .removeIf(task -> task.bank.equals(bank))
                        .forEach(task -> refused.put(task, reason)));
      }
      long limit = policy.maxQueueTime().toNanos();
      long now = nanoClock.getAsLong();
      expired =
          queue.longestWait(now) < limit
              ? List.of()
              : queue.removeIf(task -> now - task.enqueuedNanos >= limit);
    }
    refused.forEach(InferenceTask::completeExceptionally);
    for (InferenceTask task : expired) {
      task.completeExceptionally(
          new ExpiredException(
              "No worker took the sample within " + policy.maxQueueTime().toSeconds() + " s."));
    }
  }

  private void send(List<InferenceTask> batch, BatchSink.Slot slot) {
    List<Spectrogram> rows = batch.stream().map(task -> task.spectrogram).toList();
    run(rows, slot)
        .whenComplete(
            (answers, failure) -> {
              if (failure != null) {
                onFailure(batch, unwrap(failure));
              } else if (answers.size() != batch.size()) {
                onFailure(batch, wrongNumber(batch.size(), answers.size()));
              } else {
                for (int i = 0; i < batch.size(); i++) {
                  batch.get(i).complete(answers.get(i));
                }
              }
              pump();
            });
  }

  /** Whatever a sink throws is the outcome of the batch: its samples must not be lost. */
  private static CompletableFuture<List<float[]>> run(List<Spectrogram> rows, BatchSink.Slot slot) {
    try {
      return slot.run(rows);
    } catch (Throwable e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static IllegalStateException wrongNumber(int sent, int answered) {
    return new IllegalStateException(
        "A batch of " + sent + " samples was answered with " + answered + " rows");
  }

  private void onFailure(List<InferenceTask> batch, Throwable failure) {
    if (!(failure instanceof WorkerLostException lost)) {
      batch.forEach(task -> task.completeExceptionally(failure));
      return;
    }
    List<InferenceTask> again = new ArrayList<>(batch.size());
    for (InferenceTask task : batch) {
      task.lostWorkers++;
      task.crashes += lost.crashed() ? 1 : 0;
      if (task.crashes >= CRASHES_TO_QUARANTINE) {
        task.completeExceptionally(
            new InvalidInputException(
                "input",
                "The sample made two workers crash or hang and is not tried again.",
                lost));
      } else if (task.lostWorkers >= MAX_LOST_WORKERS) {
        task.completeExceptionally(
            new UnavailableException(
                MAX_LOST_WORKERS + " workers ended while they had this sample.", lost));
      } else {
        again.add(task);
      }
    }
    UnavailableException stopping;
    synchronized (lock) {
      stopping = closed;
      if (stopping == null) {
        queue.putBack(again);
      }
    }
    if (stopping != null) {
      again.forEach(task -> task.completeExceptionally(stopping));
    }
  }

  private static Throwable unwrap(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure instanceof CancellationException
            ? new UnavailableException("The batch was cancelled.", failure)
            : failure;
  }
}
