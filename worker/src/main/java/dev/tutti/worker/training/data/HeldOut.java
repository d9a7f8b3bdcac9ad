package dev.tutti.worker.training.data;

import dev.tutti.core.label.InstrumentFamily;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Chooses whole instruments for validation: notes of one instrument are too alike to split. */
public final class HeldOut {
  private HeldOut() {}

  /**
   * A share of each family's instruments, at least one where it has two or more.
   *
   * @param share 0 to 1
   * @param seed another one chooses others
   */
  public static Set<String> instruments(Collection<BandNote> notes, double share, long seed) {
    Map<InstrumentFamily, Set<String>> byFamily = new TreeMap<>();
    for (BandNote note : notes) {
      byFamily.computeIfAbsent(note.family(), key -> new TreeSet<>()).add(note.instrument());
    }
    Set<String> chosen = new HashSet<>();
    byFamily.forEach(
        (family, instruments) -> {
          List<String> order = new ArrayList<>(instruments);
          java.util.Collections.shuffle(order, new Random(31 * seed + family.nsynthId()));
          long count = Math.round(share * order.size());
          long kept = Math.min(order.size() - 1L, Math.max(order.size() > 1 ? 1 : 0, count));
          chosen.addAll(order.subList(0, (int) Math.max(0, kept)));
        });
    return chosen;
  }
}
