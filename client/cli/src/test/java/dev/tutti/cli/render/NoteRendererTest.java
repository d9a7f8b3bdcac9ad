package dev.tutti.cli.render;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.core.dataset.Note;
import dev.tutti.core.dataset.NoteLibrary;
import dev.tutti.core.label.InstrumentFamily;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With programs in fluidsynth's place. */
class NoteRendererTest {
  /** As floats, 0.19 with shorter times of next to nothing: a period of 43 frames. */
  private static final String SOUND = "exec yes '" + ">".repeat(42) + "'";

  @TempDir private Path folder;
  private Path font;

  @BeforeEach
  void writeFont() throws IOException {
    font =
        FontFile.write(
            folder.resolve("Tiny Font.sf2"), List.of(new SoundFontPreset(0, 40, "Violin, solo")));
  }

  @Test
  void writesADataSetThatCanBeRead() throws Exception {
    Map<InstrumentFamily, Integer> counts = render(program(SOUND), "a");
    assertEquals(Map.of(InstrumentFamily.STRING, 7), counts);
    for (String place : List.of("a", "a/manifest.csv")) {
      NoteLibrary library = NoteLibrary.open(folder.resolve(place), 100);
      List<Note> notes = library.notes(InstrumentFamily.STRING);
      assertEquals(7, notes.size());
      assertEquals(64_000, notes.get(0).audio().length());
      assertEquals(16_000, notes.get(0).audio().sampleRate());
    }
  }

  @Test
  void theSameOptionsGiveTheSameFiles() throws Exception {
    render(program(SOUND), "a");
    render(program(SOUND), "b");
    for (String file : List.of("manifest.csv", "examples.json")) {
      assertArrayEquals(
          Files.readAllBytes(folder.resolve("a").resolve(file)),
          Files.readAllBytes(folder.resolve("b").resolve(file)));
    }
  }

  @Test
  void leavesOutWhatCannotBeHeard() throws Exception {
    assertEquals(
        Map.of(InstrumentFamily.STRING, 0), render(program("exec cat /dev/zero"), "silent"));
  }

  @Test
  void saysWhatFluidsynthSaidWhenItFails() throws IOException {
    String failing = program("echo 'no such preset' >&2; exit 1");
    RenderException e = assertThrows(RenderException.class, () -> render(failing, "a"));
    assertTrue(e.getMessage().contains("no such preset"), e.getMessage());
  }

  @Test
  void saysHowToInstallFluidsynth() {
    String missing = folder.resolve("nothing").toString();
    RenderException e = assertThrows(RenderException.class, () -> render(missing, "a"));
    assertTrue(e.getMessage().contains("apt-get install fluidsynth"), e.getMessage());
  }

  @Test
  void doesNotWriteOverOtherNotes() throws Exception {
    String program = program(SOUND);
    render(program, "a");
    assertThrows(RenderException.class, () -> render(program, "a"));
  }

  private Map<InstrumentFamily, Integer> render(String program, String out)
      throws IOException, InterruptedException {
    NoteRenderer.Options options =
        new NoteRenderer.Options(
            font, folder.resolve(out), List.of(InstrumentFamily.STRING), 7, false, 0.8);
    return new NoteRenderer(
            options, new RenderPlan(1, 0.25, true), new FluidSynth(program, font, 0.8))
        .render(done -> {});
  }

  private String program(String script) throws IOException {
    Path file = Files.writeString(folder.resolve("synth"), "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return file.toString();
  }
}
