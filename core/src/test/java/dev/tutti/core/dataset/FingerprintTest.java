package dev.tutti.core.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.core.content.ContentDigest;
import dev.tutti.core.golden.GoldenFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A note's fingerprint stays while its audio does, and is another once that may have changed. */
class FingerprintTest {
  @TempDir Path folder;

  @Test
  void eachNoteHasItsOwnAndKeepsIt() throws IOException {
    write("bass/a.wav");
    write("bass/b.wav");
    assertNotEquals(fingerprint("bass/a"), fingerprint("bass/b"));
    assertEquals(fingerprint("bass/a"), fingerprint("bass/a"));
  }

  @Test
  void aFileWrittenToHasAnother() throws IOException {
    Path file = write("bass/a.wav");
    ContentDigest before = fingerprint("bass/a");
    FileTime time = Files.getLastModifiedTime(file);
    Files.setLastModifiedTime(file, FileTime.fromMillis(time.toMillis() + 1000));
    assertNotEquals(before, fingerprint("bass/a"));
  }

  /** As when archives are unpacked. */
  @Test
  void aFilePutInItsPlaceHasAnotherThoughSizeAndTimeAreTheSame() throws IOException {
    Path file = write("bass/a.wav");
    Note note = note("bass/a");
    ContentDigest before = note.fingerprint();
    FileTime time = Files.getLastModifiedTime(file);
    Path other = write("other.wav");
    Files.setLastModifiedTime(other, time);
    Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
    assertEquals(time, Files.getLastModifiedTime(file));
    assertNotEquals(before, fingerprint("bass/a"));
    assertEquals(fingerprint("bass/a"), note.fingerprint());
  }

  @Test
  void aLinkIsWhatItLeadsTo() throws IOException {
    Path first = write("first.wav");
    Path second = write("second.wav");
    Path link = Files.createDirectories(folder.resolve("bass")).resolve("a.wav");
    Files.createSymbolicLink(link, first);
    ContentDigest before = fingerprint("bass/a");
    Files.delete(link);
    Files.createSymbolicLink(link, second);
    assertNotEquals(before, fingerprint("bass/a"));
  }

  @Test
  void recordsOfOneFileAreToldApart() throws IOException {
    ByteArrayOutputStream records = new ByteArrayOutputStream();
    for (String id : new String[] {"a", "b", "c"}) {
      records.writeBytes(
          new ExampleWriter()
              .text("note_str", id)
              .integer("instrument_family", 0)
              .floats("audio", 0.5f, -0.5f)
              .record());
    }
    Files.write(folder.resolve("notes.tfrecord"), records.toByteArray());
    Set<ContentDigest> fingerprints = new HashSet<>();
    for (int opened = 0; opened < 2; opened++) {
      for (String id : new String[] {"a", "b", "c"}) {
        fingerprints.add(fingerprint(id));
      }
    }
    assertEquals(3, fingerprints.size());
  }

  @Test
  void aFileThatIsGoneIsNamed() throws IOException {
    Path file = write("bass/a.wav");
    Note note = note("bass/a");
    Files.delete(file);
    String message = assertThrows(DatasetException.class, note::fingerprint).getMessage();
    assertTrue(message.contains("a.wav cannot be read: there is no such file"), message);
    assertEquals(message, assertThrows(DatasetException.class, note::audio).getMessage());
  }

  private ContentDigest fingerprint(String id) throws IOException {
    return note(id).fingerprint();
  }

  private Note note(String id) throws IOException {
    return NoteLibrary.open(folder, 10).find(id).orElseThrow();
  }

  private Path write(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, GoldenFiles.bytes("wav/pcm16_mono_16k.wav"));
  }
}
