package dev.tutti.cli.render;

import dev.tutti.core.audio.AudioClip;
import dev.tutti.core.audio.Resampler;
import dev.tutti.core.label.InstrumentFamily;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Renders the notes of a sound font. */
public final class NoteRenderer {
  private static final int RATE = 16_000;
  private static final double QUIETEST = Math.pow(10, -66 / 20.0);
  private static final float LOUDEST = 0.99f;
  private static final int BATCH = 400;

  /** Notes that were too quiet or drawn twice are replaced so many times. */
  private static final int ROUNDS = 6;

  /**
   * What to render.
   *
   * @param font a sound font file
   * @param out the folder of the data set
   * @param families whose notes
   * @param perFamily notes of each
   * @param banks all presets of a program, not only those of bank 0
   * @param gain fluidsynth's master gain
   */
  public record Options(
      Path font,
      Path out,
      List<InstrumentFamily> families,
      int perFamily,
      boolean banks,
      double gain) {}

  /** Told how many notes are done. */
  public interface Progress {
    void done(int notes);
  }

  private final Options options;
  private final RenderPlan plan;
  private final FluidSynth synth;
  private final Resampler resampler = new Resampler(FluidSynth.RATE, RATE);

  /**
   * A renderer.
   *
   * @param seed another one draws other notes
   * @param effects share of the notes with reverberation and chorus, 0 to 1
   * @param variety draws how long a note is held, how far it is out of tune and its vibrato
   */
  public NoteRenderer(Options options, long seed, double effects, boolean variety) {
    this(
        options,
        new RenderPlan(seed, effects, variety),
        new FluidSynth("fluidsynth", options.font(), options.gain()));
  }

  NoteRenderer(Options options, RenderPlan plan, FluidSynth synth) {
    this.options = options;
    this.plan = plan;
    this.synth = synth;
  }

  /**
   * Writes the data set.
   *
   * @return how many notes each family got; less than asked for where the font has no more that can
   *     be heard
   * @throws RenderException where fluidsynth or the font is missing
   */
  public Map<InstrumentFamily, Integer> render(Progress progress)
      throws IOException, InterruptedException {
    List<SoundFontPreset> presets =
        SoundFontPreset.list(options.font()).stream()
            .filter(preset -> options.banks() || preset.bank() == 0)
            .toList();
    Map<InstrumentFamily, List<GeneralMidi.Voice>> voices = new EnumMap<>(InstrumentFamily.class);
    options.families().forEach(family -> voices.put(family, GeneralMidi.voices(family, presets)));
    Map<InstrumentFamily, Integer> counts = new EnumMap<>(InstrumentFamily.class);
    options.families().forEach(family -> counts.put(family, 0));
    Set<String> known = new HashSet<>();
    String font = options.font().getFileName().toString().replaceAll("(?i)\\.sf[23]$", "");
    try (NoteFolder folder = new NoteFolder(options.out(), font.replaceAll("[^A-Za-z0-9]+", "-"))) {
      for (int round = 0; round < ROUNDS; round++) {
        List<RenderedNote> drawn = draw(voices, counts, round, known);
        for (List<RenderedNote> batch : batches(drawn)) {
          play(batch, folder, counts);
          progress.done(counts.values().stream().mapToInt(Integer::intValue).sum());
        }
      }
    }
    return counts;
  }

  /** What is still missing of each family. */
  private List<RenderedNote> draw(
      Map<InstrumentFamily, List<GeneralMidi.Voice>> voices,
      Map<InstrumentFamily, Integer> counts,
      int round,
      Set<String> known) {
    List<RenderedNote> drawn = new ArrayList<>();
    voices.forEach(
        (family, some) -> {
          int missing = options.perFamily() - counts.get(family);
          if (!some.isEmpty()) {
            drawn.addAll(plan.draw(family, some, missing, round, known));
          }
        });
    return drawn;
  }

  /** Large ones, as fluidsynth reads the whole font first; all with effects or all without. */
  private static List<List<RenderedNote>> batches(List<RenderedNote> notes) {
    List<List<RenderedNote>> batches = new ArrayList<>();
    for (boolean effects : new boolean[] {false, true}) {
      List<RenderedNote> some = notes.stream().filter(n -> n.effects() == effects).toList();
      for (int start = 0; start < some.size(); start += BATCH) {
        batches.add(some.subList(start, Math.min(some.size(), start + BATCH)));
      }
    }
    return batches;
  }

  private void play(
      List<RenderedNote> notes, NoteFolder folder, Map<InstrumentFamily, Integer> counts)
      throws IOException, InterruptedException {
    try {
      synth.play(
          notes,
          RenderPlan.NOTE_MILLIS,
          (index, samples) -> {
            float[] mono = resampler.resample(samples);
            if (deviation(mono) >= QUIETEST) {
              counts.merge(notes.get(index).family(), 1, Integer::sum);
              write(notes.get(index), mono, folder);
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void write(RenderedNote note, float[] samples, NoteFolder folder) {
    float peak = 0;
    for (float sample : samples) {
      peak = Math.max(peak, Math.abs(sample));
    }
    float factor = peak > LOUDEST ? LOUDEST / peak : 1;
    for (int i = 0; i < samples.length; i++) {
      samples[i] *= factor;
    }
    try {
      folder.add(note, AudioClip.of(samples, RATE), 20 * Math.log10(factor));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The root mean square without the constant offset that some synthesizer presets have. */
  private static double deviation(float[] samples) {
    double sum = 0;
    double squares = 0;
    for (float sample : samples) {
      sum += sample;
      squares += (double) sample * sample;
    }
    double mean = sum / samples.length;
    return Math.sqrt(Math.max(0, squares / samples.length - mean * mean));
  }
}
