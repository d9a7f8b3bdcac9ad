package dev.tutti.cli.render;

import dev.tutti.core.label.InstrumentFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Which General MIDI programs play which family, and from which to which pitch. Programs that could
 * stand for two families (harmonica, harp, orchestra hit ...) are left out.
 */
final class GeneralMidi {
  /**
   * Programs, counted from 0, of one range.
   *
   * @param lowest MIDI note number
   * @param highest MIDI note number, included
   */
  private record Range(int lowest, int highest, List<Integer> programs) {
    Range(int lowest, int highest, Integer... programs) {
      this(lowest, highest, List.of(programs));
    }
  }

  private static final Map<InstrumentFamily, List<Range>> RANGES =
      Map.ofEntries(
          Map.entry(
              InstrumentFamily.BASS,
              List.of(new Range(24, 60, 32, 33, 34, 35, 36, 37), new Range(24, 64, 38, 39))),
          Map.entry(
              InstrumentFamily.BRASS,
              List.of(
                  new Range(52, 86, 56),
                  new Range(34, 74, 57),
                  new Range(26, 62, 58),
                  new Range(54, 84, 59),
                  new Range(36, 78, 60),
                  new Range(36, 84, 61),
                  new Range(36, 90, 62, 63))),
          Map.entry(
              InstrumentFamily.FLUTE,
              List.of(
                  new Range(74, 108, 72),
                  new Range(59, 97, 73),
                  new Range(60, 98, 74),
                  new Range(55, 94, 75),
                  new Range(55, 90, 76, 77),
                  new Range(62, 100, 78),
                  new Range(60, 92, 79))),
          Map.entry(
              InstrumentFamily.GUITAR,
              List.of(
                  new Range(38, 84, 24, 25),
                  new Range(38, 86, 26, 27, 29, 30),
                  new Range(38, 80, 28))),
          Map.entry(
              InstrumentFamily.KEYBOARD,
              List.of(
                  new Range(21, 108, 0, 1),
                  new Range(28, 100, 2, 3, 4, 5),
                  new Range(29, 89, 6),
                  new Range(36, 96, 7))),
          Map.entry(
              InstrumentFamily.MALLET,
              List.of(
                  new Range(60, 108, 8, 13),
                  new Range(72, 108, 9),
                  new Range(60, 100, 10),
                  new Range(48, 89, 11),
                  new Range(45, 96, 12),
                  new Range(55, 84, 14),
                  new Range(48, 84, 108, 114))),
          Map.entry(
              InstrumentFamily.ORGAN,
              List.of(
                  new Range(33, 100, 16, 17, 18), new Range(24, 108, 19), new Range(36, 96, 20))),
          Map.entry(
              InstrumentFamily.REED,
              List.of(
                  new Range(54, 88, 64),
                  new Range(49, 82, 65),
                  new Range(42, 76, 66),
                  new Range(36, 70, 67),
                  new Range(58, 92, 68),
                  new Range(52, 82, 69),
                  new Range(34, 74, 70),
                  new Range(50, 93, 71))),
          Map.entry(
              InstrumentFamily.STRING,
              List.of(
                  new Range(55, 100, 40),
                  new Range(48, 88, 41),
                  new Range(36, 77, 42),
                  new Range(26, 60, 43),
                  new Range(36, 91, 44, 45),
                  new Range(31, 96, 48),
                  new Range(36, 96, 49, 50, 51),
                  new Range(55, 96, 110))),
          Map.entry(
              InstrumentFamily.SYNTH_LEAD,
              List.of(
                  new Range(36, 96, 80, 81),
                  new Range(40, 96, 82, 83),
                  new Range(36, 92, 84, 86, 87))),
          Map.entry(
              InstrumentFamily.VOCAL,
              List.of(new Range(41, 84, 52, 53, 91), new Range(43, 84, 54))));

  /** An instrument of a sound font and the pitches that suit it. */
  record Voice(SoundFontPreset preset, int lowest, int highest) {}

  private GeneralMidi() {}

  /** The presets of a font that play a family, by program and then by bank. */
  static List<Voice> voices(InstrumentFamily family, List<SoundFontPreset> presets) {
    List<Voice> voices = new ArrayList<>();
    for (Range range : RANGES.get(family)) {
      for (int program : range.programs()) {
        presets.stream()
            .filter(preset -> preset.program() == program)
            .forEach(preset -> voices.add(new Voice(preset, range.lowest(), range.highest())));
      }
    }
    return voices;
  }
}
