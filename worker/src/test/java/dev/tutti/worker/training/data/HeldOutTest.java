package dev.tutti.worker.training.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HeldOutTest {
  @Test
  void notesOfOneInstrumentAreNeverOnBothSides() {
    List<BandNote> notes = SyntheticNotes.byFamily(6).stream().flatMap(List::stream).toList();
    Set<String> heldOut = HeldOut.instruments(notes, 0.25, 1);
    Set<String> trained = new HashSet<>();
    Set<String> validated = new HashSet<>();
    for (BandNote note : notes) {
      (heldOut.contains(note.instrument()) ? validated : trained).add(note.instrument());
    }
    assertEquals(SyntheticNotes.FAMILIES.size(), validated.size());
    assertEquals(SyntheticNotes.FAMILIES.size(), trained.size());
    assertFalse(trained.stream().anyMatch(validated::contains));
    assertEquals(heldOut, HeldOut.instruments(notes, 0.25, 1));
  }

  @Test
  void instrumentsAreReadFromNames() {
    assertEquals("bass_synthetic_009", TrainingNotes.instrument("bass_synthetic_009-060-127"));
    assertEquals(
        TrainingNotes.instrument("reed_Font-b000-p064-060-127"),
        TrainingNotes.instrument("reed_Font-b008-p064-061-025"));
    assertTrue(TrainingNotes.instrument("violin.wav").startsWith("violin"));
  }
}
