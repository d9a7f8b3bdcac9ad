package dev.tutti.cli.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.core.label.InstrumentFamily;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RenderPlanTest {
  private static final List<GeneralMidi.Voice> VOICES =
      GeneralMidi.voices(
          InstrumentFamily.REED,
          List.of(
              new SoundFontPreset(0, 64, "Soprano Sax"),
              new SoundFontPreset(8, 64, "Other Sax"),
              new SoundFontPreset(0, 70, "Bassoon"),
              new SoundFontPreset(0, 0, "Piano")));

  @Test
  void onlyTheFamilysProgramsAreItsVoices() {
    assertEquals(
        List.of(64, 64, 70), VOICES.stream().map(voice -> voice.preset().program()).toList());
  }

  @Test
  void theSameSeedDrawsTheSameNotes() {
    assertEquals(draw(1, 0), draw(1, 0));
    assertNotEquals(draw(1, 0), draw(2, 0));
    assertNotEquals(draw(1, 0), draw(1, 1));
  }

  @Test
  void notesSpreadOverPresetsVelocitiesAndEffects() {
    List<RenderedNote> notes = draw(3, 0);
    assertEquals(
        Set.of(25, 50, 75, 100, 127),
        notes.stream().map(RenderedNote::velocity).collect(Collectors.toSet()));
    assertTrue(Math.abs(notes.stream().filter(RenderedNote::effects).count() - 15) <= 2);
    for (GeneralMidi.Voice voice : VOICES) {
      List<RenderedNote> own =
          notes.stream().filter(note -> note.preset().equals(voice.preset())).toList();
      assertTrue(own.size() >= 15, voice + ": " + own.size());
      assertTrue(
          own.stream().allMatch(n -> n.pitch() >= voice.lowest() && n.pitch() <= voice.highest()));
    }
  }

  @Test
  void knownNotesAreNotDrawnAgain() {
    Set<String> known = new HashSet<>();
    RenderPlan plan = new RenderPlan(1, 0, false);
    List<RenderedNote> first = plan.draw(InstrumentFamily.REED, VOICES, 60, 0, known);
    List<RenderedNote> again = plan.draw(InstrumentFamily.REED, VOICES, 60, 0, known);
    assertTrue(first.size() > 50);
    assertEquals(List.of(), again);
  }

  private static List<RenderedNote> draw(long seed, int round) {
    return new RenderPlan(seed, 0.25, true)
        .draw(InstrumentFamily.REED, VOICES, 60, round, new HashSet<>());
  }
}
