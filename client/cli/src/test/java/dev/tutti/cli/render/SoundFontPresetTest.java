package dev.tutti.cli.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoundFontPresetTest {
  private static final SoundFontPreset PIANO = new SoundFontPreset(0, 0, "Yamaha Grand");
  private static final SoundFontPreset ORGAN = new SoundFontPreset(8, 16, "Detuned Organ");
  private static final SoundFontPreset DRUMS = new SoundFontPreset(128, 0, "Standard");

  @TempDir private Path folder;

  @Test
  void listsPresetsByProgramWithoutDrums() throws IOException {
    Path font = FontFile.write(folder.resolve("a.sf2"), List.of(ORGAN, DRUMS, PIANO));
    assertEquals(List.of(PIANO, ORGAN), SoundFontPreset.list(font));
  }

  @Test
  void refusesOtherFiles() throws IOException {
    Path text = Files.writeString(folder.resolve("a.txt"), "no sound font, but long enough");
    assertThrows(RenderException.class, () -> SoundFontPreset.list(text));
    Path empty = Files.write(folder.resolve("b.sf2"), new byte[0]);
    assertThrows(RenderException.class, () -> SoundFontPreset.list(empty));
  }

  @Test
  void refusesCutFiles() throws IOException {
    byte[] whole = Files.readAllBytes(FontFile.write(folder.resolve("a.sf2"), List.of(PIANO)));
    for (int length = 0; length < whole.length; length++) {
      Path cut = Files.write(folder.resolve("cut.sf2"), Arrays.copyOf(whole, length));
      assertThrows(RenderException.class, () -> SoundFontPreset.list(cut), "length " + length);
    }
  }
}
