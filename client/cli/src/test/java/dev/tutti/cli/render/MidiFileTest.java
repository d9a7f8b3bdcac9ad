package dev.tutti.cli.render;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tutti.core.label.InstrumentFamily;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiMessage;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.Track;
import org.junit.jupiter.api.Test;

class MidiFileTest {
  private static final HexFormat HEX = HexFormat.of();

  @Test
  void eachNoteIsSetUpPlayedReleasedAndCutOffInASlotOfItsOwn() throws Exception {
    RenderedNote plain = note(new SoundFontPreset(8, 40, "Violin"), false, 0);
    RenderedNote wet = note(new SoundFontPreset(0, 41, "Viola"), true, -50);
    assertEquals(
        List.of(
            "0 ff51030f4240",
            "0 b00008",
            "0 c028",
            "0 b05b00",
            "0 b05d00",
            "0 b0010a",
            "0 e00040",
            "0 903c64",
            "1500 803c00",
            "4000 b07800",
            "4200 b00000",
            "4200 c029",
            "4200 b05b40",
            "4200 b05d40",
            "4200 b0010a",
            "4200 e00030",
            "4200 903c64",
            "5700 803c00",
            "8200 b07800",
            "8400 ff2f00"),
        events(MidiFile.of(List.of(plain, wet), 4000, 4200)));
  }

  @Test
  void aTickIsAMillisecond() throws Exception {
    RenderedNote note = note(new SoundFontPreset(0, 40, "Violin"), false, 0);
    byte[] file = MidiFile.of(List.of(note), 4000, 4200);
    Sequence sequence = MidiSystem.getSequence(new ByteArrayInputStream(file));
    assertEquals(0, MidiSystem.getMidiFileFormat(new ByteArrayInputStream(file)).getType());
    assertEquals(4_200_000, sequence.getMicrosecondLength());
    assertEquals(4200, sequence.getTickLength());
  }

  private static RenderedNote note(SoundFontPreset preset, boolean effects, int detuneCents) {
    return new RenderedNote(
        InstrumentFamily.STRING, preset, 60, 100, effects, 1500, detuneCents, 10);
  }

  private static List<String> events(byte[] file) throws Exception {
    Sequence sequence = MidiSystem.getSequence(new ByteArrayInputStream(file));
    List<String> events = new ArrayList<>();
    for (Track track : sequence.getTracks()) {
      for (int i = 0; i < track.size(); i++) {
        MidiEvent event = track.get(i);
        MidiMessage message = event.getMessage();
        events.add(
            event.getTick() + " " + HEX.formatHex(message.getMessage(), 0, message.getLength()));
      }
    }
    return events;
  }
}
