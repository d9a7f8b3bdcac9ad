package dev.tutti.core.dataset;

import dev.tutti.core.label.InstrumentFamily;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/** Keeps the notes that a {@link NoteSelection} wants while a data set goes by. */
final class NotePicker {
  private final NoteSelection selection;
  private final Optional<RandomOrder> random;
  private final Map<InstrumentFamily, List<Note>> first = new EnumMap<>(InstrumentFamily.class);
  private final Map<InstrumentFamily, PriorityQueue<RandomOrder.Placed>> placed =
      new EnumMap<>(InstrumentFamily.class);
  private int full;

  NotePicker(NoteSelection selection) {
    this.selection = selection;
    this.random =
        selection.seed().isPresent()
            ? Optional.of(new RandomOrder(selection, selection.seed().getAsLong()))
            : Optional.empty();
  }

  /** Takes or leaves a note; true once no other can be wanted. */
  boolean add(Note note) {
    if (random.isPresent()) {
      addInOrder(note, random.get());
      return false;
    }
    List<Note> notes = first.computeIfAbsent(note.family(), family -> new ArrayList<>());
    if (notes.size() < selection.notesPerFamily()) {
      notes.add(note);
      full += notes.size() == selection.notesPerFamily() ? 1 : 0;
    }
    // A data set may be far larger than what is wanted of it.
    return full == InstrumentFamily.values().length;
  }

  private void addInOrder(Note note, RandomOrder order) {
    PriorityQueue<RandomOrder.Placed> notes =
        placed.computeIfAbsent(
            note.family(), family -> new PriorityQueue<>(order.order().reversed()));
    notes.add(order.place(note));
    if (notes.size() > selection.notesPerFamily()) {
      notes.remove();
    }
  }

  Map<InstrumentFamily, List<Note>> notes() {
    random.ifPresent(
        order ->
            placed.forEach((family, notes) -> first.put(family, order.sorted(List.copyOf(notes)))));
    return first;
  }
}
