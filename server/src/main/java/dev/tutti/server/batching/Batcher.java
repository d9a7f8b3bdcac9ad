package dev.tutti.server.batching;

import dev.tutti.core.spectrogram.Spectrogram;
import dev.tutti.server.error.ExpiredException;
import dev.tutti.server.error.InvalidInputException;
import dev.tutti.server.error.OverloadedException;
import dev.tutti.server.error.UnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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
  private final ScheduledExecutorService scheduler;
  private final LongSupplier nanoClock;

  private final Object lock = new Object();
  private final BatchQueue queue;

  /** Why no more samples are taken; null while they are. */
  private UnavailableException closed;

  /** Whether a wake-up for the batch timeout or the next sweep is scheduled. */
  private boolean timerSet;

  public Batcher(
      BatchPolicy policy,
      BatchSink sink,
      ScheduledExecutorService scheduler,
      LongSupplier nanoClock) {
    this.policy = policy;
    this.sink = sink;
    this.scheduler = scheduler;
    this.nanoClock = nanoClock;
    this.queue = new BatchQueue(policy.laneCapacity());
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
  public CompletableFuture<float[]> submit(Spectrogram spectrogram, String bank, Lane lane) {
    InferenceTask task = new InferenceTask(spectrogram, bank, lane, nanoClock.getAsLong());
    synchronized (lock) {
      if (closed != null) {
        return CompletableFuture.failedFuture(closed);
      }
      if (!queue.offer(task)) {
        return CompletableFuture.failedFuture(
            new OverloadedException(
                policy.laneCapacity() + " samples wait already; no more are accepted for now.",
                Duration.ofMillis(100)));
      }
    }
    pump();
    return task.result;
  }

  public int queued() {
    synchronized (lock) {
      return queue.size();
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
    }
    dropped.forEach(task -> task.result.completeExceptionally(reason));
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
          setTimer(SWEEP_INTERVAL);
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
    long now = nanoClock.getAsLong();
    Duration left = policy.batchTimeout().minusNanos(now - queue.oldestNanos(now));
    if (left.isNegative() || left.isZero()) {
      return true;
    }
    setTimer(left);
    return false;
  }

  private void setTimer(Duration delay) {
    if (!timerSet && closed == null) {
      timerSet = true;
      scheduler.schedule(this::onTimer, delay.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private void onTimer() {
    synchronized (lock) {
      timerSet = false;
    }
    pump();
  }

  /** Drops the samples that nobody waits for any more, nobody will answer, or waited too long. */
  private void sweep() {
    List<InferenceTask> expired;
    List<InferenceTask> refused;
    synchronized (lock) {
      queue.removeIf(task -> task.result.isDone());
      refused = queue.removeIf(task -> sink.refusal(task.bank).isPresent());
      long limit = policy.maxQueueTime().toNanos();
      long now = nanoClock.getAsLong();
      expired = queue.removeIf(task -> now - task.enqueuedNanos > limit);
    }
    for (InferenceTask task : refused) {
      sink.refusal(task.bank)
          .ifPresentOrElse(
              task.result::completeExceptionally,
              () ->
                  task.result.completeExceptionally(
                      new UnavailableException("The workers were just being replaced.")));
    }
    for (InferenceTask task : expired) {
      task.result.completeExceptionally(
          new ExpiredException(
              "No worker took the sample within " + policy.maxQueueTime().toSeconds() + " s."));
    }
  }

  private void send(List<InferenceTask> batch, BatchSink.Slot slot) {
    List<Spectrogram> rows = batch.stream().map(task -> task.spectrogram).toList();
    slot.run(rows)
        .whenComplete(
            (answers, failure) -> {
              if (failure == null) {
                for (int i = 0; i < batch.size(); i++) {
                  batch.get(i).result.complete(answers.get(i));
                }
              } else {
                onFailure(batch, unwrap(failure));
              }
              pump();
            });
  }

  private void onFailure(List<InferenceTask> batch, Throwable failure) {
    if (!(failure instanceof WorkerLostException lost)) {
      batch.forEach(task -> task.result.completeExceptionally(failure));
      return;
    }
    List<InferenceTask> again = new ArrayList<>(batch.size());
    for (InferenceTask task : batch) {
      task.lostWorkers++;
      task.crashes += lost.crashed() ? 1 : 0;
      if (task.crashes >= CRASHES_TO_QUARANTINE) {
        task.result.completeExceptionally(
            new InvalidInputException(
                "input", "The sample crashed two workers and is not tried again.", lost));
      } else if (task.lostWorkers >= MAX_LOST_WORKERS) {
        task.result.completeExceptionally(
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
      again.forEach(task -> task.result.completeExceptionally(stopping));
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
