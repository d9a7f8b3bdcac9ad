package dev.tutti.server.batching;

import dev.tutti.core.spectrogram.Spectrogram;
import dev.tutti.server.admission.Pass;
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
   * @param bank the digest of the bank that is to answer
   * @return its probabilities; or {@link OverloadedException} at once when the lane is full, {@link
   *     ExpiredException} when it waited too long or the deadline of all who wait for it passed
   *     before it was sent, {@link InvalidInputException} when it crashed two workers, {@link
   *     UnavailableException} when workers ended time and again, none will ever answer for the
   *     bank, or the gateway stops
   */
  public Queued<Inference> submit(Spectrogram spectrogram, String bank, Pass pass) {
    InferenceTask task = new InferenceTask(this, spectrogram, bank, pass);
    task.whenComplete((inference, failure) -> settle(task));
    Optional<? extends RuntimeException> refusal;
    synchronized (lock) {
      refusal = refusal(task, nanoClock.getAsLong());
    }
    if (refusal.isPresent()) {
      task.completeExceptionally(refusal.get());
    } else {
      pump();
    }
    return task;
  }

  private Optional<? extends RuntimeException> refusal(InferenceTask task, long now) {
    if (closed != null) {
      return Optional.of(closed);
    }
    return task.pass.deadline().hasPassed(now)
        ? Optional.of(task.pass.deadline().passed())
        : queue.offer(task, now);
  }

  /** What has its outcome waits no more, and is let go of unless a worker has it. */
  private void settle(InferenceTask task) {
    if (!task.isDone()) {
      return;
    }
    boolean over;
    synchronized (lock) {
      queue.remove(task);
      over = !task.isUnderWay();
    }
    if (over) {
      task.letGo();
    }
  }

  /** Another caller waits for a sample. */
  void join(InferenceTask task, Pass joiner) {
    synchronized (lock) {
      queue.join(task, joiner);
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
    while (true) {
      sweep();
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
      send(departure.get());
    }
  }

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
    Duration sweep = nextSweep();
    wakeUp.within(left.compareTo(sweep) < 0 ? left : sweep);
    return false;
  }

  /** When to look again for samples that waited too long, or will never be answered. */
  private Duration nextSweep() {
    long now = nanoClock.getAsLong();
    long left =
        Math.min(
            policy.maxQueueTime().toNanos() - queue.longestWait(now), queue.soonestDeadline(now));
    return Duration.ofNanos(Math.min(left, SWEEP_INTERVAL.toNanos()));
  }

  /** Drops the samples that nobody will answer, or that waited too long. */
  private void sweep() {
    Map<InferenceTask, RuntimeException> dropped = new LinkedHashMap<>();
    synchronized (lock) {
      for (String bank : queue.banks()) {
        sink.refusal(bank)
            .ifPresent(
                reason ->
                    queue
                        .removeIf(task -> task.bank.equals(bank))
                        .forEach(task -> dropped.put(task, reason)));
      }
      dropped.putAll(queue.expire(policy.maxQueueTime(), nanoClock.getAsLong()));
    }
    dropped.forEach(InferenceTask::completeExceptionally);
  }

  private void send(Departure departure) {
    List<InferenceTask> batch = stillWanted(departure.tasks());
    if (batch.isEmpty()) {
      departure.slot().giveBack();
      return;
    }
    departure
        .run(batch)
        .whenComplete(
            (answer, failure) -> {
              if (failure == null) {
                onAnswer(batch, answer);
              } else {
                onFailure(batch, failure);
              }
              batch.forEach(this::settle);
              pump();
            });
  }

  /** Just before samples go: those that somebody waits for, and has time to. */
  private List<InferenceTask> stillWanted(List<InferenceTask> taken) {
    List<InferenceTask> wanted = new ArrayList<>(taken.size());
    Map<InferenceTask, RuntimeException> late = new LinkedHashMap<>();
    synchronized (lock) {
      long now = nanoClock.getAsLong();
      for (InferenceTask task : taken) {
        if (task.pass.deadline().hasPassed(now)) {
          late.put(task, task.pass.deadline().passed());
        } else if (!task.isDone()) {
          task.sent(now);
          wanted.add(task);
        }
      }
    }
    late.forEach(InferenceTask::completeExceptionally);
    return wanted;
  }

  private void onAnswer(List<InferenceTask> batch, BatchAnswer answer) {
    synchronized (lock) {
      batch.forEach(InferenceTask::back);
    }
    for (int i = 0; i < batch.size(); i++) {
      batch.get(i).answer(answer.inference(i));
    }
  }

  private void onFailure(List<InferenceTask> batch, Throwable failure) {
    Map<InferenceTask, Throwable> failed = new LinkedHashMap<>();
    List<InferenceTask> again = new ArrayList<>(batch);
    synchronized (lock) {
      for (InferenceTask task : batch) {
        task.back();
        Optional<? extends Throwable> end =
            failure instanceof WorkerLostException loss
                ? task.lost(loss).or(() -> Optional.ofNullable(closed))
                : Optional.of(failure);
        end.ifPresent(reason -> failed.put(task, reason));
      }
      again.removeAll(failed.keySet());
      queue.putBack(again);
    }
    failed.forEach(InferenceTask::completeExceptionally);
  }
}
