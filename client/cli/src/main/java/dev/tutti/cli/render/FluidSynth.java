package dev.tutti.cli.render;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;

/** Plays notes with the program fluidsynth, many in one run. */
final class FluidSynth {
  static final int RATE = 48_000;

  /** After each note: what is left of reverberation must not reach into the next. */
  private static final int DRY_GAP_MILLIS = 200;

  private static final int WET_GAP_MILLIS = 3000;

  private final String program;
  private final Path font;
  private final double gain;

  /**
   * Plays a sound font.
   *
   * @param program name or path of fluidsynth
   * @param gain fluidsynth's master gain
   */
  FluidSynth(String program, Path font, double gain) {
    this.program = program;
    this.font = font;
    this.gain = gain;
  }

  /**
   * Plays notes, all with effects or all without.
   *
   * @param millis length of a note
   * @param heard given each note's place in the list and its samples at {@link #RATE}, the mean of
   *     both channels
   * @throws RenderException where fluidsynth is missing or fails
   */
  void play(List<RenderedNote> notes, int millis, BiConsumer<Integer, float[]> heard)
      throws IOException, InterruptedException {
    boolean effects = notes.get(0).effects();
    int slot = millis + (effects ? WET_GAP_MILLIS : DRY_GAP_MILLIS);
    Path folder = Files.createTempDirectory("tutti-render");
    Path midi = Files.write(folder.resolve("notes.mid"), MidiFile.of(notes, millis, slot));
    Path commands = Files.writeString(folder.resolve("commands"), "interp 7\n");
    Path errors = folder.resolve("errors");
    try {
      Process process = start(command(effects, commands, midi), errors);
      try (InputStream audio = process.getInputStream()) {
        read(new DataInputStream(audio), notes.size(), millis, slot, heard);
      } catch (EOFException e) {
        throw new RenderException(failure(errors), e);
      } finally {
        process.destroy();
        process.waitFor();
      }
    } finally {
      Files.deleteIfExists(midi);
      Files.deleteIfExists(commands);
      Files.deleteIfExists(errors);
      Files.delete(folder);
    }
  }

  private List<String> command(boolean effects, Path commands, Path midi) {
    List<String> command = new ArrayList<>(List.of(program, "-n", "-i", "-q"));
    command.addAll(List.of("-r", String.valueOf(RATE)));
    command.addAll(List.of("-g", String.format(Locale.ROOT, "%.4f", gain)));
    for (String effect : List.of("reverb", "chorus")) {
      command.addAll(List.of("-o", "synth.%s.active=%d".formatted(effect, effects ? 1 : 0)));
    }
    command.addAll(List.of("-O", "float", "-T", "raw", "-F", "/dev/stdout"));
    command.addAll(List.of("-f", commands.toString(), font.toString(), midi.toString()));
    return command;
  }

  private static Process start(List<String> command, Path errors) throws RenderException {
    try {
      return new ProcessBuilder(command).redirectError(errors.toFile()).start();
    } catch (IOException e) {
      throw new RenderException(
          "the program fluidsynth is not installed; on Debian and Ubuntu: apt-get install fluidsynth",
          e);
    }
  }

  private static void read(
      DataInputStream audio, int notes, int millis, int slot, BiConsumer<Integer, float[]> heard)
      throws IOException {
    int frameBytes = 2 * Float.BYTES;
    byte[] bytes = new byte[slot * (RATE / 1000) * frameBytes];
    for (int i = 0; i < notes; i++) {
      audio.readFully(bytes);
      ByteBuffer values = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
      float[] mono = new float[millis * (RATE / 1000)];
      for (int frame = 0; frame < mono.length; frame++) {
        mono[frame] = (values.getFloat() + values.getFloat()) / 2;
      }
      heard.accept(i, mono);
    }
  }

  private String failure(Path errors) throws IOException {
    String said = Files.readString(errors).strip();
    return "fluidsynth could not play %s%s".formatted(font, said.isEmpty() ? "" : ": " + said);
  }
}
