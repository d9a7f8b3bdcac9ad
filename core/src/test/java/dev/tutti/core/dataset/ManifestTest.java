package dev.tutti.core.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

/** Manifests as Excel, pandas, R and people write them: a.wav is bass, b.wav flute. */
class ManifestTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.wav,bass\nb.wav,flute\n",
        "path,family\na.wav,bass\nb.wav,flute\n",
        "# made by hand\n\nPath,Family\na.wav,bass\n,\nb.wav,flute\n,,,\n",
        "\"path\",\"family\"\r\n\"a.wav\",\"bass\"\r\n\"b.wav\",\"flute\"\r\n",
        "\"\",\"path\",\"family\"\n\"1\",\"a.wav\",\"bass\"\n\"2\",\"b.wav\",\"flute\"\n",
        "\"path\"\t\"family\"\n\"1\"\t\"a.wav\"\t\"bass\"\n\"2\"\t\"b.wav\"\t\"flute\"\n",
        "label,split,file\nbass,train,a.wav\nflute,valid,b.wav\n",
        "File Name;Instrument Family\na.wav;bass\nb.wav;flute\n",
        "sep=;\npath;family\na.wav;bass\nb.wav;flute\n",
        "file_name\tlabel\na.wav\tbass\nb.wav\tflute\n",
        "a.wav;bass;60\nb.wav;flute;61\n",
        "a.wav\tbass\nb.wav\tflute\n",
        ",instrument_family,instrument_family_str,file\n0,0,bass,a.wav\n1,2,flute,b.wav\n",
        "filename,instrument_family\na.wav,0\nb.wav,2.0\n",
        "comment,family,path\n\"two\nlines, and \"\"quotes\"\"\",bass,a.wav\nx,flute,b.wav\n",
        "path,family\ra.wav,bass\rb.wav,flute\r",
        "path , family\n a.wav , bass \n b.wav, \"flute\"\n",
        "path,family,remark\na.wav,bass\nb.wav,flute,x,y\n",
      })
  void columnsAreFound(String text) throws IOException {
    for (String marked : new String[] {text, "\ufeff" + text}) {
      assertNotes(Files.writeString(folder.resolve("notes.csv"), marked));
    }
    Path utf16 = folder.resolve("utf16.csv");
    assertNotes(Files.write(utf16, ("\ufeff" + text).getBytes(StandardCharsets.UTF_16LE)));
  }

  private static void assertNotes(Path manifest) throws IOException {
    NoteLibrary library = NoteLibrary.open(manifest, 10);
    assertEquals(2, library.size());
    assertEquals(InstrumentFamily.BASS, library.find("a.wav").orElseThrow().family());
    assertEquals(InstrumentFamily.FLUTE, library.find("b.wav").orElseThrow().family());
  }

  @ParameterizedTest
  @ValueSource(strings = {"60", "60.0", "6e1", "\"60,0\"", "60.000"})
  void aPitchIsAWholeNumberHoweverItIsWritten(String pitch) throws IOException {
    Note note = only("path,family,pitch,velocity\na.wav,bass," + pitch + "," + pitch);
    assertEquals(OptionalInt.of(60), note.pitch());
    assertEquals(OptionalInt.of(60), note.velocity());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nan", "NaN", "NA", "N/A", "#N/A", "null", "None", "<NA>", "\"\""})
  void aPitchMayBeMissing(String pitch) throws IOException {
    Note note = only("family,velocity,pitch,path\nbass," + pitch + "," + pitch + ",a.wav");
    assertEquals(OptionalInt.empty(), note.pitch());
    assertEquals(OptionalInt.empty(), note.velocity());
  }

  @Test
  void whatIsWrongIsNamedWithItsLine() throws IOException {
    assertBroken("path,family,pitch\na.wav,bass,60.5", "line 2: the pitch '60.5' is no whole");
    assertBroken("path,family\n\na.wav,Tuba", "line 3: unknown instrument family 'Tuba'");
    assertBroken("path,family\na.wav,", "line 2: path,family[,pitch[,velocity]] was expected");
    assertBroken("path,pitch\na.wav,60", "line 1: no column is named as the family; accepted are");
    assertBroken("label,pitch\nbass,60", "line 1: no column is named as the path; accepted are");
    assertBroken("path,family,Path\na,bass,b", "line 1: two columns are named 'Path'");
    assertBroken("path,family\n\"a.wav,bass", "line 2: Missing closing quote");
    Path latin = folder.resolve("latin.csv");
    Files.write(latin, "Fl\u00f6te.wav,flute\n".getBytes(StandardCharsets.ISO_8859_1));
    DatasetException e = assertThrows(DatasetException.class, () -> NoteLibrary.open(latin, 1));
    assertTrue(e.getMessage().contains("cannot be read as UTF-8"), e.getMessage());
  }

  private Note only(String text) throws IOException {
    Path manifest = Files.writeString(folder.resolve("notes.csv"), text);
    return NoteLibrary.open(manifest, 10).find("a.wav").orElseThrow();
  }

  private void assertBroken(String text, String reason) throws IOException {
    Path manifest = Files.writeString(folder.resolve("notes.csv"), text);
    DatasetException e = assertThrows(DatasetException.class, () -> NoteLibrary.open(manifest, 1));
    assertTrue(e.getMessage().contains(manifest + ": " + reason), e.getMessage());
  }
}
