package dev.tutti.core.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.core.golden.GoldenFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders as they are found: with links, with what systems leave in them, with nothing. */
class FoldersTest {
  @TempDir Path folder;
  private final List<String> broken = new ArrayList<>();

  @Test
  void familyFoldersAndFoldersBelowThemMayBeLinks() throws IOException {
    wav("elsewhere/low/a.wav");
    wav("set/flute/b.wav");
    wav("set/bass/c.wav");
    link("set/organ", folder.resolve("elsewhere"));
    link("set/flute/more", folder.resolve("elsewhere/low"));
    link("set/flute/file.wav", folder.resolve("elsewhere/low/a.wav"));
    link("all", folder.resolve("set"));
    assertEquals(
        List.of("bass/c", "flute/b", "flute/file", "flute/more/a", "organ/low/a"),
        ids(folder.resolve("all")));
  }

  @Test
  void linksThatLeadInCirclesEnd() throws IOException {
    wav("set/bass/x/a.wav");
    wav("set/bass/y/b.wav");
    link("set/bass/x/self", folder.resolve("set/bass/x"));
    link("set/bass/x/y", folder.resolve("set/bass/y"));
    link("set/bass/y/x", folder.resolve("set/bass/x"));
    link("set/bass/up", Path.of(".."));
    link("set/bass/farther", folder);
    wav("set/flute/c.wav");
    assertEquals(List.of("bass/x/a", "bass/y/b", "flute/c"), ids(folder.resolve("set")));
  }

  @Test
  void linksThatLeadNowhereAreReported() throws IOException {
    wav("bass/a.wav");
    link("bass/gone.wav", Path.of("nowhere.wav"));
    link("bass/self", Path.of("self"));
    link("flute", Path.of("nowhere"));
    assertThrows(DatasetException.class, () -> ids(folder));
    assertEquals(List.of("bass/a"), skipping(folder));
    assertEquals(3, broken.size());
    assertTrue(broken.get(0).endsWith("gone.wav is a symbolic link that leads nowhere"));
  }

  @Test
  void splitsThatAreLinksToNowhereAreReported() throws IOException {
    wav("json/valid/audio/a.wav");
    Files.writeString(
        folder.resolve("json/valid/examples.json"), "{\"a\": {\"instrument_family\": 1}}");
    link("json/train", Path.of("nowhere"));
    assertEquals(List.of("a"), skipping(folder.resolve("json")));
    assertEquals(1, broken.size());
    Files.createDirectory(folder.resolve("records"));
    Files.write(
        folder.resolve("records/a-valid.tfrecord"),
        new ExampleWriter()
            .text("note_str", "r")
            .integer("instrument_family", 1)
            .floats("audio", 0)
            .record());
    link("records/a-train.tfrecord", Path.of("nowhere"));
    assertEquals(List.of("r"), skipping(folder.resolve("records")));
    assertEquals(2, broken.size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bass/._a.wav",
        "bass/.hidden/b.wav",
        "bass/__MACOSX/._a.wav",
        "bass/Thumbs.db/a.wav",
        "bass/DESKTOP.INI/a.wav",
        "bass/@eaDir/a.wav/b.wav",
        ".DS_Store",
        "._x.tfrecord",
        "__MACOSX/examples.json"
      })
  void whatSystemsScatterIsNoNote(String scattered) throws IOException {
    wav("bass/a.wav");
    Files.write(create(scattered), new byte[] {0, 5, 0x16, 7});
    assertEquals(List.of("bass/a"), ids(folder));
  }

  @Test
  void aFolderAroundADataSetIsTakenForIt() throws IOException {
    wav("zip/set/bass/a.wav");
    wav("zip/__MACOSX/set/bass/._a.wav");
    Files.writeString(folder.resolve("zip/README.txt"), "x");
    assertEquals(List.of("bass/a"), ids(folder.resolve("zip")));
    Files.createDirectories(folder.resolve("loop/x"));
    link("loop/x/y", folder.resolve("loop"));
    assertThrows(DatasetException.class, () -> ids(folder.resolve("loop")));
  }

  @Test
  void aDataSetWithoutASoundNoteSaysWhatItLookedFor() throws IOException {
    Files.createDirectories(folder.resolve("set/bass"));
    assertEmpty("set", "audio files (.wav, .wave, .flac");
    Files.writeString(create("set/bass/a.wav"), "no audio");
    assertThrows(EmptyDatasetException.class, () -> skipping(folder.resolve("set")));
    Files.writeString(create("notes.csv"), "path,family\n");
    assertEmpty("notes.csv", "rows of path,family");
    Files.writeString(create("json/examples.json"), "{}");
    assertEmpty("json", "notes in examples.json");
    Files.write(create("x.tfrecord"), new byte[0]);
    assertEmpty("x.tfrecord", "TFRecord records");
  }

  private void assertEmpty(String path, String sought) {
    Path set = folder.resolve(path);
    for (EmptyDatasetException e :
        List.of(
            assertThrows(EmptyDatasetException.class, () -> NoteLibrary.open(set, 1)),
            assertThrows(EmptyDatasetException.class, () -> ids(set)),
            assertThrows(EmptyDatasetException.class, () -> skipping(set)))) {
      assertTrue(e.getMessage().contains(set + " holds no note; looked for "), e.getMessage());
      assertTrue(e.getMessage().contains(sought), e.getMessage());
    }
  }

  @Test
  void familiesMayBeWrittenWithCapitalsSpacesAndHyphens() throws IOException {
    wav("VOCAL/e.wav");
    wav("Synth Lead/d.wav");
    wav("synth-lead/c.wav");
    wav("bass/b.wav");
    wav("Bass/a.wav");
    link("bass/again", folder.resolve("Bass"));
    wav("Synthlead/x.wav");
    try (SampleSource source = SampleSources.open(folder)) {
      assertEquals(List.of("Synthlead/ (audio files: 1)"), source.passedOver());
    }
    assertEquals(
        List.of("Bass/a", "bass/b", "Synth Lead/d", "synth-lead/c", "VOCAL/e"), ids(folder));
  }

  @Test
  void aFolderOfCapitalisedFamiliesIsADataSet() throws IOException {
    wav("Synth Lead/a.wav");
    wav("Other/b.wav");
    assertEquals(List.of("Synth Lead/a"), ids(folder));
  }

  @Test
  void foldersOfNoFamilyAreNamed() throws IOException {
    wav("bass/a.wav");
    wav("banjo/b.wav");
    wav("banjo/deep/c.wav");
    wav("loose.wav");
    Files.writeString(create("licences/text.txt"), "x");
    try (SampleSource source = SampleSources.open(folder)) {
      assertEquals(List.of("banjo/ (audio files: 2)", "loose.wav"), source.passedOver());
    }
  }

  private static List<String> ids(Path set) throws IOException {
    try (SampleSource source = SampleSources.open(set)) {
      return ids(source);
    }
  }

  private List<String> skipping(Path set) throws IOException {
    try (SampleSource source =
        SampleSources.skippingBroken(SampleSources.open(set), e -> broken.add(e.getMessage()))) {
      return ids(source);
    }
  }

  private static List<String> ids(SampleSource source) throws IOException {
    List<String> ids = new ArrayList<>();
    for (Optional<LabeledClip> clip = source.next(); clip.isPresent(); clip = source.next()) {
      ids.add(clip.get().id());
    }
    return ids;
  }

  private void link(String path, Path target) throws IOException {
    Files.createSymbolicLink(create(path), target);
  }

  private void wav(String path) throws IOException {
    Files.write(create(path), GoldenFiles.bytes("wav/pcm16_mono_16k.wav"));
  }

  private Path create(String path) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    return file;
  }
}
