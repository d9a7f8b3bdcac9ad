package dev.tutti.core.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.core.golden.GoldenFiles;
import dev.tutti.core.label.InstrumentFamily;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Going on behind what is broken, and choosing notes. */
class SkippingTest {
  @TempDir Path folder;
  private final List<String> broken = new ArrayList<>();

  @Test
  void aRecordWithWrongDataIsLeftOutAlone() throws IOException {
    byte[] file = records("a", "b", "c");
    int second = records("a").length;
    file[second + 20] ^= 1;
    Files.write(folder.resolve("x.tfrecord"), file);
    assertEquals(List.of("a", "c"), ids());
    assertEquals(1, broken.size());
    assertTrue(broken.get(0).contains("record 1 at byte offset " + second), broken.get(0));
  }

  @Test
  void behindAWrongLengthTheNextFileGoesOn() throws IOException {
    byte[] file = records("a", "b", "c");
    file[records("a").length + 8] ^= 1;
    Files.write(folder.resolve("x-valid.tfrecord"), file);
    Files.write(
        folder.resolve("y-test.tfrecord"),
        Arrays.copyOf(records("d", "e"), records("d").length + 9));
    Files.write(folder.resolve("z-train.tfrecord"), records("f"));
    assertEquals(List.of("a", "d", "f"), ids());
    assertEquals(2, broken.size());
  }

  @Test
  void recordsWithoutAFamilyOrAudioAreLeftOut() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(new ExampleWriter().text("note_str", "n").integer("instrument_family", 3).record());
    out.write(records("a"));
    out.write(new ExampleWriter().text("note_str", "n").integer("instrument_family", 99).record());
    Files.write(folder.resolve("x.tfrecord"), out.toByteArray());
    assertEquals(List.of("a"), ids());
    assertEquals(2, broken.size());
    broken.clear();
    NoteLibrary library =
        NoteLibrary.open(folder, NoteSelection.first(5), Optional.of(e -> broken.add("" + e)));
    assertEquals(1, library.size());
    assertEquals(2, broken.size());
  }

  @Test
  void jsonNotesAndManifestLinesAreLeftOutOneByOne() throws IOException {
    byte[] wav = GoldenFiles.bytes("wav/pcm16_mono_16k.wav");
    Files.createDirectories(folder.resolve("audio"));
    Files.write(folder.resolve("audio/a.wav"), wav);
    Files.write(folder.resolve("audio/d.wav"), wav);
    Files.writeString(
        folder.resolve("examples.json"),
        "{\"a\": {\"instrument_family\": 1}, \"b\": {\"instrument_family\": [77]},"
            + " \"c\": {\"instrument_family\": 1}, \"d\": {\"instrument_family\": 2}, x");
    assertEquals(List.of("a", "d"), ids());
    assertEquals(3, broken.size(), "b: no family, c: no file, x: no JSON: " + broken);
    broken.clear();
    Path manifest = folder.resolve("notes.csv");
    Files.writeString(
        manifest, "audio/a.wav,bass\naudio/a.wav,tuba\nnone.wav,reed\naudio/d.wav,organ");
    assertEquals(List.of("audio/a.wav", "audio/d.wav"), ids(manifest));
    assertEquals(2, broken.size());
  }

  @Test
  void aSeedChoosesNotesReproduciblySplitBySplit() throws IOException {
    Files.write(folder.resolve("x-valid.tfrecord"), records("v1", "v2"));
    Files.write(folder.resolve("y-test.tfrecord"), records("t1", "t2", "t3", "t4", "t5", "t6"));
    List<String> some = bass(NoteSelection.random(5, 1));
    assertEquals(some, bass(NoteSelection.random(5, 1)));
    assertEquals(List.of("v1", "v2"), some.subList(0, 2).stream().sorted().toList());
    assertEquals(5, some.size());
    List<List<String>> others = new ArrayList<>();
    for (int seed = 2; seed < 8; seed++) {
      others.add(bass(NoteSelection.random(5, seed)));
    }
    assertNotEquals(List.of(some, some, some, some, some, some), others);
    NoteSelection testFirst = new NoteSelection(7, List.of("test"), OptionalLong.empty());
    assertEquals(List.of("t1", "t2", "t3", "t4", "t5", "t6", "v1"), bass(testFirst));
  }

  private List<String> bass(NoteSelection selection) throws IOException {
    return NoteLibrary.open(folder, selection, Optional.empty())
        .notes(InstrumentFamily.BASS)
        .stream()
        .map(Note::id)
        .toList();
  }

  private List<String> ids() throws IOException {
    return ids(folder);
  }

  private List<String> ids(Path path) throws IOException {
    List<String> ids = new ArrayList<>();
    try (SampleSource source =
        SampleSources.skippingBroken(SampleSources.open(path), e -> broken.add(e.getMessage()))) {
      for (Optional<LabeledClip> clip = source.next(); clip.isPresent(); clip = source.next()) {
        ids.add(clip.get().id());
      }
    }
    return ids;
  }

  private static byte[] records(String... ids) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String id : ids) {
      out.write(
          new ExampleWriter()
              .text("note_str", id)
              .integer("instrument_family", 0)
              .floats("audio", 0.25f, -0.5f)
              .record());
    }
    return out.toByteArray();
  }
}
