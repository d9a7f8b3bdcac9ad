package dev.tutti.cli.render;

import static javax.sound.midi.ShortMessage.CONTROL_CHANGE;
import static javax.sound.midi.ShortMessage.NOTE_OFF;
import static javax.sound.midi.ShortMessage.NOTE_ON;
import static javax.sound.midi.ShortMessage.PITCH_BEND;
import static javax.sound.midi.ShortMessage.PROGRAM_CHANGE;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MetaMessage;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;

/**
 * A Standard MIDI File of format 0 that plays notes one after the other, each in a slot of its own.
 * A tick is a millisecond.
 */
final class MidiFile {
  private static final int TICKS_A_QUARTER = 1000;
  private static final int SET_TEMPO = 0x51;
  private static final int END_OF_TRACK = 0x2F;
  private static final int BANK_SELECT = 0;
  private static final int MODULATION = 1;
  private static final int REVERB_SEND = 91;
  private static final int CHORUS_SEND = 93;
  private static final int SOUND_OFF = 120;
  private static final int SEND = 64;

  /** A bend of two semitones, the range after a reset, is 8,192 steps. */
  private static final double STEPS_A_CENT = 8192 / 200.0;

  private final Track track;

  private MidiFile(Track track) {
    this.track = track;
  }

  /**
   * The file.
   *
   * @param noteMillis after which a note is cut off
   * @param slotMillis from one note's start to the next, at least {@code noteMillis}
   */
  static byte[] of(List<RenderedNote> notes, int noteMillis, int slotMillis) {
    try {
      Sequence sequence = new Sequence(Sequence.PPQ, TICKS_A_QUARTER);
      MidiFile file = new MidiFile(sequence.createTrack());
      // A quarter note lasts 1,000,000 microseconds.
      file.meta(0, SET_TEMPO, (byte) 0x0F, (byte) 0x42, (byte) 0x40);
      for (int i = 0; i < notes.size(); i++) {
        file.note(notes.get(i), i * slotMillis, noteMillis);
      }
      file.meta(notes.size() * slotMillis, END_OF_TRACK);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      MidiSystem.write(sequence, 0, bytes);
      return bytes.toByteArray();
    } catch (InvalidMidiDataException | IOException e) {
      throw new IllegalStateException("A note of our own is not in MIDI's range", e);
    }
  }

  private void note(RenderedNote note, int start, int noteMillis) throws InvalidMidiDataException {
    int bend = 8192 + (int) Math.round(note.detuneCents() * STEPS_A_CENT);
    int send = note.effects() ? SEND : 0;
    event(start, CONTROL_CHANGE, BANK_SELECT, note.preset().bank());
    event(start, PROGRAM_CHANGE, note.preset().program(), 0);
    event(start, CONTROL_CHANGE, REVERB_SEND, send);
    event(start, CONTROL_CHANGE, CHORUS_SEND, send);
    event(start, CONTROL_CHANGE, MODULATION, note.modulation());
    event(start, PITCH_BEND, bend & 127, bend >> 7);
    event(start, NOTE_ON, note.pitch(), note.velocity());
    event(start + note.heldMillis(), NOTE_OFF, note.pitch(), 0);
    event(start + noteMillis, CONTROL_CHANGE, SOUND_OFF, 0);
  }

  private void event(int millis, int command, int first, int second)
      throws InvalidMidiDataException {
    track.add(new MidiEvent(new ShortMessage(command, 0, first, second), millis));
  }

  private void meta(int millis, int type, byte... data) throws InvalidMidiDataException {
    track.add(new MidiEvent(new MetaMessage(type, data, data.length), millis));
  }
}
