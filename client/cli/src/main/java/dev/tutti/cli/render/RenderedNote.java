package dev.tutti.cli.render;

import dev.tutti.core.label.InstrumentFamily;

/**
 * What a note is to be played like.
 *
 * @param family that the preset belongs to
 * @param preset of the sound font
 * @param pitch MIDI note number
 * @param velocity MIDI velocity
 * @param effects with reverberation and chorus
 * @param heldMillis from note on to note off
 * @param detuneCents by pitch bend
 * @param modulation of the modulation wheel, 0 to 127: mostly vibrato
 */
record RenderedNote(
    InstrumentFamily family,
    SoundFontPreset preset,
    int pitch,
    int velocity,
    boolean effects,
    int heldMillis,
    int detuneCents,
    int modulation) {
  /** Tells the note from others of the same font, as NSynth's names do. */
  String id(String font) {
    return "%s_%s-b%03d-p%03d-%03d-%03d"
        .formatted(family.label(), font, preset.bank(), preset.program(), pitch, velocity);
  }
}
