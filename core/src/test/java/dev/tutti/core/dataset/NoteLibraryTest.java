package dev.tutti.core.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.core.golden.GoldenFiles;
import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.InstrumentFamily;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every layout of a data set gives its notes, in order, and says what is wrong with it. */
class NoteLibraryTest {
  @TempDir Path folder;

  @Test
  void aFolderAFamily() throws IOException {
    wav("guitar/b_001-064-100.wav");
    wav("guitar/a.wav");
    wav("bass/deep/low.wav");
    write("licences/readme.txt", "not audio");
    Files.write(create("vocal/aah.flac"), GoldenFiles.bytes("flac/mono16.flac"));
    NoteLibrary library = NoteLibrary.open(folder, 10);
    assertEquals(4, library.size());
    assertEquals(
        FamilySet.of(InstrumentFamily.BASS, InstrumentFamily.GUITAR, InstrumentFamily.VOCAL),
        library.families());
    assertEquals(
        List.of("guitar/a", "guitar/b_001-064-100"), ids(library, InstrumentFamily.GUITAR));
    Note note = library.notes(InstrumentFamily.GUITAR).get(1);
    assertEquals(64, note.pitch().getAsInt());
    assertEquals(100, note.velocity().getAsInt());
    assertEquals(4000, library.find("vocal/aah").orElseThrow().audio().length());
  }

  @Test
  void onlySoManyNotesAFamily() throws IOException {
    wav("bass/1.wav");
    wav("bass/2.wav");
    wav("bass/3.wav");
    assertEquals(
        List.of("bass/1", "bass/2"), ids(NoteLibrary.open(folder, 2), InstrumentFamily.BASS));
  }

  @Test
  void jsonAndWavInSplits() throws IOException {
    wav("nsynth-train/audio/reed_1.wav");
    write("nsynth-train/examples.json", "{\"reed_1\": {\"instrument_family\": 7, \"pitch\": 40}}");
    wav("nsynth-valid/audio/reed_2.wav");
    write(
        "nsynth-valid/examples.json",
        "{\"reed_2\": {\"qualities\": [1, 0], \"velocity\": 25, \"instrument_family\": 7}}");
    NoteLibrary library = NoteLibrary.open(folder, 10);
    assertEquals(List.of("reed_2", "reed_1"), ids(library, InstrumentFamily.REED));
    assertEquals(40, library.find("reed_1").orElseThrow().pitch().getAsInt());
    assertEquals(4000, library.find("reed_2").orElseThrow().audio().length());
  }

  @Test
  void brokenJsonIsNamedWithItsOffset() throws IOException {
    write("examples.json", "{\"a\": {\"instrument_family\": 11}}");
    assertBroken(
        "examples.json: record 0 at byte offset 1: note 'a': unknown instrument family 11");
    write("examples.json", "{\"../a\": {\"instrument_family\": 1}}");
    assertBroken("the note's name '../a' is no file name");
    write("examples.json", "{\"a\": {\"instrument_family\": 1}, ");
    assertBroken("record 1 at byte offset");
    write("examples.json", "[1]");
    assertBroken("an object of notes was expected, not START_ARRAY");
  }

  @Test
  void tensorFlowDatasetsFolderOfShards() throws IOException {
    byte[] one =
        new ExampleWriter()
            .text("id", "a")
            .integer("instrument/family", 2)
            .floats("audio", 1)
            .record();
    byte[] two =
        new ExampleWriter()
            .text("id", "b")
            .integer("instrument/family", 2)
            .floats("audio", 1)
            .record();
    write("name/config/1.0.0/dataset_info.json", "{}");
    Files.write(create("name/config/1.0.0/nsynth-train.tfrecord-00000-of-00001"), one);
    Files.write(create("name/config/1.0.0/nsynth-test.tfrecord-00000-of-00001"), two);
    assertEquals(List.of("b", "a"), ids(NoteLibrary.open(folder, 10), InstrumentFamily.FLUTE));
  }

  @Test
  void arrayRecordIsRefusedWithTheWayOut() throws IOException {
    write("nsynth-train.array_record-00000-of-00001", "");
    assertBroken("prepare the data set again with tfds.builder(..., file_format='tfrecord')");
  }

  @Test
  void manifest() throws IOException {
    wav("x, y.wav");
    Path manifest =
        write("notes.csv", "path,family,pitch\n# comment\n\"x, y.wav\",organ,60\n\nx.wav,vocal\n");
    NoteLibrary library = NoteLibrary.open(manifest, 10);
    Note note = library.find("x, y.wav").orElseThrow();
    assertEquals(60, note.pitch().getAsInt());
    assertEquals(4000, note.audio().length());
    Note missing = library.find("x.wav").orElseThrow();
    DatasetException e = assertThrows(DatasetException.class, missing::audio);
    assertTrue(
        e.getMessage().endsWith("x.wav cannot be read: there is no such file or folder"),
        e.getMessage());
    write("notes.csv", "a.wav,organ\nb.wav,piano\n");
    e = assertThrows(DatasetException.class, () -> NoteLibrary.open(manifest, 10));
    assertTrue(
        e.getMessage().contains("notes.csv: line 2: unknown instrument family 'piano'"),
        e.getMessage());
  }

  @Test
  void nothingKnownIsRefused() throws IOException {
    assertBroken("is no data set; accepted are folders of TFRecord files");
    Path nowhere = folder.resolve("nowhere");
    DatasetException e = assertThrows(DatasetException.class, () -> NoteLibrary.open(nowhere, 10));
    assertEquals("there is no data set at " + nowhere, e.getMessage());
  }

  @Test
  void twoNotesOfOneNameAreRefused() throws IOException {
    wav("bass/a.wav");
    Files.write(create("bass/a.flac"), GoldenFiles.bytes("flac/mono16.flac"));
    assertBroken("two notes have the id 'bass/a'");
  }

  private void assertBroken(String reason) {
    DatasetException e = assertThrows(DatasetException.class, () -> NoteLibrary.open(folder, 10));
    assertTrue(e.getMessage().contains(reason), e.getMessage());
  }

  private static List<String> ids(NoteLibrary library, InstrumentFamily family) {
    return library.notes(family).stream().map(Note::id).toList();
  }

  private void wav(String path) throws IOException {
    Files.write(create(path), GoldenFiles.bytes("wav/pcm16_mono_16k.wav"));
  }

  private Path write(String path, String text) throws IOException {
    return Files.writeString(create(path), text);
  }

  private Path create(String path) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    return file;
  }
}
