package dev.tutti.core.dataset;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;

/** The order of notes that {@link NoteSelection} takes from a seed. */
final class RandomOrder {
  private static final long FNV_OFFSET = 0xCBF2_9CE4_8422_2325L;
  private static final long FNV_PRIME = 0x0000_0100_0000_01B3L;

  private final NoteSelection selection;
  private final long seed;

  RandomOrder(NoteSelection selection, long seed) {
    this.selection = selection;
    this.seed = seed;
  }

  /** A note with the place that the order gives it. */
  record Placed(Note note, int split, long key) {
    private static final Comparator<Placed> ORDER =
        Comparator.comparingInt(Placed::split)
            .thenComparing(Placed::key, Long::compareUnsigned)
            .thenComparing(placed -> placed.note.id());
  }

  Comparator<Placed> order() {
    return Placed.ORDER;
  }

  Placed place(Note note) {
    return new Placed(note, selection.rank(note.split()), mix(seed + hash(note.id())));
  }

  /** The notes in order. */
  List<Note> sorted(List<Placed> placed) {
    return placed.stream().sorted(order()).map(Placed::note).toList();
  }

  private static long hash(String text) {
    long hash = FNV_OFFSET;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xFF)) * FNV_PRIME;
    }
    return hash;
  }

  private static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
    return z ^ (z >>> 31);
  }
}
