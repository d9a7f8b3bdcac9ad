package dev.tutti.server.classify;

import dev.tutti.server.admission.Lane;
import dev.tutti.server.admission.Pass;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;

/**
 * Work in lanes, of which the interactive one goes first. Within a lane callers take turns
 * (round-robin), each with its own oldest work, so that one who sent a thousand pieces delays
 * another by no more than one. Adding, taking and removing take constant time. Not thread-safe.
 *
 * @param <T> work, compared by identity or as it sees fit
 */
final class FairQueue<T> {
  /** The work of one lane by caller; the first caller is the next one. */
  private final Map<Lane, LinkedHashMap<String, LinkedHashSet<T>>> lanes =
      new EnumMap<>(Lane.class);

  private final Map<Lane, Integer> sizes = new EnumMap<>(Lane.class);

  FairQueue() {
    for (Lane lane : Lane.values()) {
      lanes.put(lane, new LinkedHashMap<>());
      sizes.put(lane, 0);
    }
  }

  void add(Pass pass, T work) {
    if (lanes
        .get(pass.lane())
        .computeIfAbsent(pass.caller(), unused -> new LinkedHashSet<>())
        .add(work)) {
      sizes.merge(pass.lane(), 1, Integer::sum);
    }
  }

  /** Returns whether the work was there. */
  boolean remove(Pass pass, T work) {
    LinkedHashSet<T> ofCaller = lanes.get(pass.lane()).get(pass.caller());
    if (ofCaller == null || !ofCaller.remove(work)) {
      return false;
    }
    if (ofCaller.isEmpty()) {
      lanes.get(pass.lane()).remove(pass.caller());
    }
    sizes.merge(pass.lane(), -1, Integer::sum);
    return true;
  }

  /** Takes the next work; the caller it is of goes to the end of the turn. */
  Optional<T> poll() {
    for (Lane lane : Lane.values()) {
      Iterator<Map.Entry<String, LinkedHashSet<T>>> turns = lanes.get(lane).entrySet().iterator();
      if (turns.hasNext()) {
        Map.Entry<String, LinkedHashSet<T>> next = turns.next();
        turns.remove();
        Iterator<T> oldest = next.getValue().iterator();
        T work = oldest.next();
        oldest.remove();
        if (!next.getValue().isEmpty()) {
          lanes.get(lane).put(next.getKey(), next.getValue());
        }
        sizes.merge(lane, -1, Integer::sum);
        return Optional.of(work);
      }
    }
    return Optional.empty();
  }

  /** How much waits in a lane. */
  int size(Lane lane) {
    return sizes.get(lane);
  }
}
