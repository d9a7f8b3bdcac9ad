package dev.tutti.cli.render;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A Standard MIDI File of format 0 that plays notes one after the other, each in a slot of its own.
 * A tick is a millisecond.
 */
final class MidiFile {
  private static final int NOTE_ON = 0x90;
  private static final int NOTE_OFF = 0x80;
  private static final int CONTROL = 0xB0;
  private static final int PROGRAM = 0xC0;
  private static final int BEND = 0xE0;
  private static final int BANK_SELECT = 0;
  private static final int MODULATION = 1;
  private static final int REVERB_SEND = 91;
  private static final int CHORUS_SEND = 93;
  private static final int SOUND_OFF = 120;
  private static final int SEND = 64;

  /** A bend of two semitones, the range after a reset, is 8,192 steps. */
  private static final double STEPS_A_CENT = 8192 / 200.0;

  private final ByteArrayOutputStream track = new ByteArrayOutputStream();
  private int now;

  private MidiFile() {}

  /**
   * The file.
   *
   * @param noteMillis after which a note is cut off
   * @param slotMillis from one note's start to the next
   */
  static byte[] of(List<RenderedNote> notes, int noteMillis, int slotMillis) {
    MidiFile file = new MidiFile();
    // A quarter note of 1,000,000 microseconds, of 1,000 ticks.
    file.event(0, 0xFF, 0x51, 3, 0x0F, 0x42, 0x40);
    for (int i = 0; i < notes.size(); i++) {
      file.note(notes.get(i), i * slotMillis, noteMillis);
    }
    file.event(notes.size() * slotMillis, 0xFF, 0x2F, 0);
    byte[] events = file.track.toByteArray();
    return ByteBuffer.allocate(22 + events.length)
        .put("MThd".getBytes(StandardCharsets.US_ASCII))
        .putInt(6)
        .putShort((short) 0)
        .putShort((short) 1)
        .putShort((short) 1000)
        .put("MTrk".getBytes(StandardCharsets.US_ASCII))
        .putInt(events.length)
        .put(events)
        .array();
  }

  private void note(RenderedNote note, int start, int noteMillis) {
    int bend = 8192 + (int) Math.round(note.detuneCents() * STEPS_A_CENT);
    int send = note.effects() ? SEND : 0;
    event(start, CONTROL, BANK_SELECT, note.preset().bank());
    event(start, PROGRAM, note.preset().program());
    event(start, CONTROL, REVERB_SEND, send);
    event(start, CONTROL, CHORUS_SEND, send);
    event(start, CONTROL, MODULATION, note.modulation());
    event(start, BEND, bend & 127, bend >> 7);
    event(start, NOTE_ON, note.pitch(), note.velocity());
    event(start + note.heldMillis(), NOTE_OFF, note.pitch(), 0);
    event(start + noteMillis, CONTROL, SOUND_OFF, 0);
  }

  private void event(int millis, int... bytes) {
    variableLength(millis - now);
    now = millis;
    for (int value : bytes) {
      track.write(value);
    }
  }

  /** Seven bits a byte, the highest first, all but the last marked. */
  private void variableLength(int value) {
    for (int shift = 21; shift > 0; shift -= 7) {
      if (value >> shift != 0) {
        track.write(0x80 | ((value >> shift) & 127));
      }
    }
    track.write(value & 127);
  }
}
