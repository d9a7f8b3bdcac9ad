package dev.tutti.worker.training.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.core.dataset.Note;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExcludedNotesTest {
  @TempDir private Path folder;

  @Test
  void theSameProgramAndPitchIsExcludedFromOtherFonts() throws IOException {
    Path heard = dataset("heard", "reed_p064-060-100.flac");
    Path training =
        dataset(
            "training",
            "reed_Font-b008-p064-060-025.flac",
            "reed_Font-b000-p064-061-100.flac",
            "reed_Font-b000-p065-060-100.flac");
    ExcludedNotes excluded = ExcludedNotes.of(List.of(heard));
    List<String> left =
        notes(training).stream()
            .filter(note -> !excluded.contains(note))
            .map(note -> ExcludedNotes.played(note.id()))
            .toList();
    assertEquals(List.of("program 64 pitch 61", "program 65 pitch 60"), left);
  }

  @Test
  void nothingIsExcludedByNothing() throws IOException {
    Path heard = dataset("heard", "reed_p064-060-100.flac");
    ExcludedNotes none = ExcludedNotes.of(List.of());
    assertTrue(notes(heard).stream().noneMatch(none::contains));
  }

  @Test
  void whatPlaysIsReadFromNames() {
    assertEquals(
        ExcludedNotes.played("flute_synthetic_000-077-100"),
        ExcludedNotes.played("flute_synthetic_000-077-025"));
    assertNotEquals(
        ExcludedNotes.played("flute_synthetic_000-077-100"),
        ExcludedNotes.played("flute_synthetic_000-078-100"));
    assertFalse(ExcludedNotes.played("violin").isEmpty());
  }

  private static List<Note> notes(Path path) {
    try {
      return TrainingNotes.notes(path, 9);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Path dataset(String name, String... notes) throws IOException {
    Path path = Files.createDirectory(folder.resolve(name));
    StringBuilder manifest = new StringBuilder("path,family\n");
    for (String note : notes) {
      Files.createFile(path.resolve(note));
      manifest.append(note).append(",reed\n");
    }
    return Files.writeString(path.resolve("manifest.csv"), manifest);
  }
}
