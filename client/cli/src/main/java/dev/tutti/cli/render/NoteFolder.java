package dev.tutti.cli.render;

import dev.tutti.core.audio.AudioClip;
import dev.tutti.core.audio.flac.FlacEncoder;
import dev.tutti.core.csv.CsvWriter;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Writes notes as a data set: {@code audio/ID.flac}, NSynth's {@code examples.json} and a {@code
 * manifest.csv} with everything that a note was made with.
 */
final class NoteFolder implements Closeable {
  private static final List<String> COLUMNS =
      List.of(
          "path",
          "family",
          "pitch",
          "velocity",
          "font",
          "bank",
          "program",
          "preset",
          "effects",
          "held_ms",
          "detune_cents",
          "modulation",
          "gain_db");

  private final Path folder;
  private final String font;
  private final BufferedWriter examples;
  private final CsvWriter manifest;
  private boolean empty = true;

  /**
   * A new data set.
   *
   * @param folder made where it is missing
   * @param font a short name of the sound font
   * @throws RenderException where a data set stands there already
   */
  NoteFolder(Path folder, String font) throws IOException {
    this.folder = folder;
    this.font = font;
    if (Files.exists(folder.resolve("examples.json"))) {
      throw new RenderException(folder + " holds notes already; choose another --out");
    }
    Files.createDirectories(folder.resolve("audio"));
    examples = Files.newBufferedWriter(folder.resolve("examples.json"));
    manifest = new CsvWriter(folder.resolve("manifest.csv"));
    examples.write("{");
    manifest.row(COLUMNS);
  }

  /**
   * Adds a note.
   *
   * @param clip at most full scale
   * @param gainDb by which the clip is louder than the synthesizer played it
   */
  void add(RenderedNote note, AudioClip clip, double gainDb) throws IOException {
    String id = note.id(font);
    Files.write(folder.resolve("audio").resolve(id + ".flac"), FlacEncoder.encode(clip));
    examples.write(empty ? "\n" : ",\n");
    empty = false;
    examples.write(
        ("  \"%s\": {\"instrument_family\": %d, \"instrument_family_str\": \"%s\", \"pitch\": %d,"
                + " \"velocity\": %d, \"sample_rate\": %d}")
            .formatted(
                id,
                note.family().nsynthId(),
                note.family().label(),
                note.pitch(),
                note.velocity(),
                clip.sampleRate()));
    manifest.row(
        "audio/" + id + ".flac",
        note.family().label(),
        note.pitch(),
        note.velocity(),
        font,
        note.preset().bank(),
        note.preset().program(),
        note.preset().name().replaceAll("\\p{Cntrl}", " "),
        note.effects() ? "reverb+chorus" : "none",
        note.heldMillis(),
        note.detuneCents(),
        note.modulation(),
        String.format(Locale.ROOT, "%.2f", gainDb));
  }

  @Override
  public void close() throws IOException {
    try (examples;
        manifest) {
      examples.write("\n}\n");
    }
  }
}
