package dev.tutti.server.batching;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Two bounded first-in-first-out lanes. Not thread-safe: the {@link Batcher} guards it. */
final class BatchQueue {
  private final int laneCapacity;
  private final Map<Lane, Deque<InferenceTask>> lanes = new EnumMap<>(Lane.class);

  BatchQueue(int laneCapacity) {
    this.laneCapacity = laneCapacity;
    for (Lane lane : Lane.values()) {
      lanes.put(lane, new ArrayDeque<>());
    }
  }

  /** Returns false when the task's lane is full. */
  boolean offer(InferenceTask task) {
    Deque<InferenceTask> lane = lanes.get(task.lane);
    return lane.size() < laneCapacity && lane.add(task);
  }

  /** Puts tasks that were taken back in front, in their order; a full lane takes them too. */
  void putBack(List<InferenceTask> tasks) {
    for (int i = tasks.size() - 1; i >= 0; i--) {
      lanes.get(tasks.get(i).lane).addFirst(tasks.get(i));
    }
  }

  boolean isEmpty() {
    return lanes.values().stream().allMatch(Deque::isEmpty);
  }

  int size() {
    return lanes.values().stream().mapToInt(Deque::size).sum();
  }

  /** When the oldest task in front of a lane was enqueued; only when not empty. */
  long oldestNanos(long now) {
    long longestWait = 0;
    for (Deque<InferenceTask> lane : lanes.values()) {
      if (!lane.isEmpty()) {
        longestWait = Math.max(longestWait, now - lane.peekFirst().enqueuedNanos);
      }
    }
    return now - longestWait;
  }

  /** The banks that tasks wait for, in the order in which they should be served. */
  Set<String> banks() {
    Set<String> banks = new LinkedHashSet<>();
    lanes.values().forEach(lane -> lane.forEach(task -> banks.add(task.bank)));
    return banks;
  }

  /** Takes up to {@code max} tasks for one bank, interactive ones first. */
  List<InferenceTask> take(int max, String bank) {
    List<InferenceTask> batch = new ArrayList<>(max);
    for (Lane lane : Lane.values()) {
      Iterator<InferenceTask> waiting = lanes.get(lane).iterator();
      while (batch.size() < max && waiting.hasNext()) {
        InferenceTask task = waiting.next();
        if (!task.bank.equals(bank)) {
          continue;
        }
        if (!task.mustTravelAlone() || batch.isEmpty()) {
          batch.add(task);
          waiting.remove();
        }
        if (task.mustTravelAlone()) {
          return batch;
        }
      }
    }
    return batch;
  }

  /** Removes and returns the tasks that match. */
  List<InferenceTask> removeIf(Predicate<InferenceTask> condition) {
    List<InferenceTask> removed = new ArrayList<>();
    for (Deque<InferenceTask> lane : lanes.values()) {
      lane.removeIf(task -> condition.test(task) && removed.add(task));
    }
    return removed;
  }
}
