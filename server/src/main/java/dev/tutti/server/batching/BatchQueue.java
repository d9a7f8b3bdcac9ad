package dev.tutti.server.batching;

import dev.tutti.server.admission.Lane;
import dev.tutti.server.admission.Pass;
import dev.tutti.server.error.ExpiredException;
import dev.tutti.server.error.OverloadedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Two lanes, bounded in samples and bytes, each in order of arrival. Not thread-safe: the {@link
 * Batcher} guards it.
 */
final class BatchQueue {
  private static final Duration RETRY_AFTER = Duration.ofMillis(100);

  private final int laneCapacity;
  private final long laneBytes;
  private final Map<Lane, Waiting> lanes = new EnumMap<>(Lane.class);
  private long arrivals;

  /** The tasks of one lane by their numbers. */
  private static final class Waiting {
    final TreeMap<Long, InferenceTask> tasks = new TreeMap<>();
    long bytes;

    void add(InferenceTask task) {
      if (tasks.put(task.number, task) == null) {
        bytes += task.bytes();
      }
    }

    boolean remove(InferenceTask task) {
      // The number alone is not enough: a task that was turned away has none of its own.
      boolean removed = tasks.remove(task.number, task);
      bytes -= removed ? task.bytes() : 0;
      return removed;
    }
  }

  /**
   * @param laneCapacity samples that may wait in each lane
   * @param laneBytes bytes of samples that may wait in each lane; one sample may, whatever it has
   */
  BatchQueue(int laneCapacity, long laneBytes) {
    this.laneCapacity = laneCapacity;
    this.laneBytes = laneBytes;
    for (Lane lane : Lane.values()) {
      lanes.put(lane, new Waiting());
    }
  }

  /** Appends a task, or says why its lane has no room for it. */
  Optional<OverloadedException> offer(InferenceTask task, long now) {
    Waiting lane = lanes.get(task.pass.lane());
    if (lane.tasks.size() >= laneCapacity) {
      return Optional.of(
          new OverloadedException(
              laneCapacity + " samples wait already; no more are accepted for now.", RETRY_AFTER));
    }
    if (!lane.tasks.isEmpty() && lane.bytes + task.bytes() > laneBytes) {
      return Optional.of(
          new OverloadedException(
              "Samples of "
                  + lane.bytes
                  + " bytes wait already, of "
                  + laneBytes
                  + " that may (setting batching.max-enqueued-bytes); no more are accepted for"
                  + " now.",
              RETRY_AFTER));
    }
    task.number = arrivals++;
    task.enqueuedNanos = now;
    lane.add(task);
    return Optional.empty();
  }

  /** Puts tasks that were taken back to their old places; a full lane takes them too. */
  void putBack(List<InferenceTask> tasks) {
    for (InferenceTask task : tasks) {
      if (!task.isDone()) {
        lanes.get(task.pass.lane()).add(task);
      }
    }
  }

  /** Takes a task out if it waits. */
  void remove(InferenceTask task) {
    lanes.get(task.pass.lane()).remove(task);
  }

  /** Another caller waits for a task, which may move to another lane, now or when it comes back. */
  void join(InferenceTask task, Pass joiner) {
    Pass joined = task.pass.joinedBy(joiner);
    boolean moves = joined.lane() != task.pass.lane() && lanes.get(task.pass.lane()).remove(task);
    task.pass = joined;
    if (moves) {
      lanes.get(joined.lane()).add(task);
    }
  }

  boolean isEmpty() {
    return lanes.values().stream().allMatch(lane -> lane.tasks.isEmpty());
  }

  int size() {
    return lanes.values().stream().mapToInt(lane -> lane.tasks.size()).sum();
  }

  long bytes() {
    return lanes.values().stream().mapToLong(lane -> lane.bytes).sum();
  }

  /** How long the oldest task has waited; zero when none waits. */
  long longestWait(long now) {
    long longest = 0;
    for (Waiting lane : lanes.values()) {
      if (!lane.tasks.isEmpty()) {
        longest = Math.max(longest, now - lane.tasks.firstEntry().getValue().enqueuedNanos);
      }
    }
    return longest;
  }

  /** What is left of the deadline that passes first; {@link Long#MAX_VALUE} when none will. */
  long soonestDeadline(long now) {
    long soonest = Long.MAX_VALUE;
    for (Waiting lane : lanes.values()) {
      for (InferenceTask task : lane.tasks.values()) {
        soonest = Math.min(soonest, task.pass.deadline().nanosLeft(now));
      }
    }
    return soonest;
  }

  /** The banks that tasks wait for, in the order in which they should be served. */
  Set<String> banks() {
    Set<String> banks = new LinkedHashSet<>();
    lanes.values().forEach(lane -> lane.tasks.values().forEach(task -> banks.add(task.bank)));
    return banks;
  }

  /** Takes up to {@code max} tasks for one bank, interactive ones first. */
  List<InferenceTask> take(int max, String bank) {
    List<InferenceTask> batch = new ArrayList<>(max);
    for (Waiting lane : lanes.values()) {
      Iterator<InferenceTask> waiting = lane.tasks.values().iterator();
      while (batch.size() < max && waiting.hasNext()) {
        InferenceTask task = waiting.next();
        if (!task.bank.equals(bank)) {
          continue;
        }
        if (!task.mustTravelAlone() || batch.isEmpty()) {
          batch.add(task);
          waiting.remove();
          lane.bytes -= task.bytes();
        }
        if (task.mustTravelAlone()) {
          return batch;
        }
      }
    }
    return batch;
  }

  /** Removes and returns the tasks that wait for nothing any more, with why. */
  Map<InferenceTask, ExpiredException> expire(Duration maxQueueTime, long now) {
    Map<InferenceTask, ExpiredException> expired = new LinkedHashMap<>();
    for (Waiting lane : lanes.values()) {
      for (InferenceTask task : lane.tasks.values()) {
        task.expiry(maxQueueTime, now).ifPresent(reason -> expired.put(task, reason));
      }
    }
    expired.keySet().forEach(this::remove);
    return expired;
  }

  /** Removes and returns the tasks that match. */
  List<InferenceTask> removeIf(Predicate<InferenceTask> condition) {
    List<InferenceTask> removed = new ArrayList<>();
    for (Waiting lane : lanes.values()) {
      lane.tasks.values().stream().filter(condition).forEach(removed::add);
    }
    removed.forEach(this::remove);
    return removed;
  }
}
