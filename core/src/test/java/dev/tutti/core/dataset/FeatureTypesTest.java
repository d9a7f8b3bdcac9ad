package dev.tutti.core.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.core.golden.GoldenFiles;
import dev.tutti.core.label.InstrumentFamily;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Notes whose features or properties have another type than NSynth's own. */
class FeatureTypesTest {
  @TempDir Path folder;

  private final ExampleWriter example = new ExampleWriter().text("note_str", "n");

  @Test
  void integersAreSamplesOf16Bits() throws IOException {
    example.integer("instrument_family", 3).integers("audio", 0, 16384, -32768, 32767);
    assertArrayEquals(new float[] {0, 0.5f, -1, 32767 / 32768f}, note(example).audio().samples());
  }

  @Test
  void integersBeyond16BitsAreSamplesOf32() throws IOException {
    example.integer("instrument_family", 3).integers("audio", 0, 1 << 30, Integer.MIN_VALUE);
    assertArrayEquals(new float[] {0, 0.5f, -1}, note(example).audio().samples());
  }

  @Test
  void integersBeyond32BitsAreRefused() throws IOException {
    example.integer("instrument_family", 3).integers("audio", 1L << 31);
    assertBroken("the feature 'audio': the integer 2147483648 is no sample");
  }

  @Test
  void bytesAreAnAudioFileOrAreRefused() throws IOException {
    byte[] wav = GoldenFiles.bytes("wav/pcm16_mono_16k.wav");
    example.integer("instrument_family", 3).bytes("audio", wav);
    assertEquals(4000, note(example).audio().length());
    ExampleWriter text =
        new ExampleWriter()
            .text("note_str", "n")
            .integer("instrument_family", 3)
            .bytes("audio", "x".getBytes(StandardCharsets.UTF_8));
    assertBroken(text, "the feature 'audio': is a bytes list, but of no audio file");
  }

  @Test
  void aFamilyMayBeAText() throws IOException {
    example.text("instrument_family", "organ").floats("audio", 0);
    assertEquals(InstrumentFamily.ORGAN, note(example).family());
  }

  @Test
  void onlyWhatIsMissingIsSaidToBe() throws IOException {
    example.floats("instrument_family", 0.5f);
    assertBroken("'instrument_family' is a float list; an int64 list is needed");
    assertBroken(
        new ExampleWriter().text("note_str", "n").floats("audio", 0),
        "the features 'instrument_family' (TFDS: 'instrument/family') and"
            + " 'instrument_family_str' are missing");
    assertBroken(
        new ExampleWriter().integer("note_str", 1).integer("instrument_family", 0),
        "the feature 'note_str' is an int64 list; a bytes list is needed");
    assertBroken(
        new ExampleWriter().text("note_str", "n").integer("instrument_family", 0),
        "the feature 'audio' is missing; a float list is needed");
    assertBroken(
        new ExampleWriter().text("note_str", "n").integer("instrument_family", 0).integers("audio"),
        "the feature 'audio' is empty; a float list is needed");
    assertBroken(
        new ExampleWriter()
            .text("note_str", "n")
            .integer("instrument_family", 0)
            .text("sample_rate", "44100")
            .floats("audio", 0),
        "the feature 'sample_rate' is a bytes list; an int64 list is needed");
  }

  @Test
  void wholeFloatsAreIntegers() throws IOException {
    example.floats("instrument_family", 2).floats("pitch", 60).floats("audio", 0);
    assertEquals(InstrumentFamily.FLUTE, note(example).family());
    assertEquals(OptionalInt.of(60), note(example).pitch());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"instrument_family_str\": \"bass\", \"pitch\": 22",
        "\"instrument_family\": \"0\", \"pitch\": 22.0",
        "\"instrument_family\": 0.0, \"pitch\": \"22\"",
        "\"instrument_family\": \"bass\", \"pitch\": 22",
        "\"instrument_family\": null, \"instrument_family_str\": \"bass\", \"pitch\": 22",
        "\"instrument_family_str\": \"bass\", \"instrument_family\": \"0\", \"pitch\": \"22.0\"",
        "\"instrument_family_str\": \"bass\", \"qualities\": [[1], {\"a\": 2}], \"pitch\": 22"
      })
  void aPropertyMayHaveAnotherType(String properties) throws IOException {
    Files.writeString(folder.resolve("examples.json"), "{\"n\": {" + properties + "}}");
    Note note = NoteLibrary.open(folder, 1).find("n").orElseThrow();
    assertEquals(InstrumentFamily.BASS, note.family());
    assertEquals(OptionalInt.of(22), note.pitch());
  }

  private Note note(ExampleWriter example) throws IOException {
    Path file = Files.write(folder.resolve("x.tfrecord"), example.record());
    return NoteLibrary.open(file, 1).find("n").orElseThrow();
  }

  private void assertBroken(String reason) throws IOException {
    assertBroken(example, reason);
  }

  private void assertBroken(ExampleWriter writer, String reason) throws IOException {
    Path file = Files.write(folder.resolve("x.tfrecord"), writer.record());
    DatasetException e = assertThrows(DatasetException.class, () -> NoteLibrary.open(file, 1));
    assertTrue(e.getMessage().contains(reason), e.getMessage());
  }
}
