package dev.tutti.core.dataset;

import dev.tutti.core.audio.AudioClip;
import dev.tutti.core.content.ContentDigest;
import dev.tutti.core.label.InstrumentFamily;
import java.util.OptionalInt;

/** A note of a data set: what it is, and where its audio can be read. Holds no audio. */
public final class Note {
  private final String id;
  private final InstrumentFamily family;
  private final OptionalInt pitch;
  private final OptionalInt velocity;
  private final AudioLocation location;

  Note(
      String id,
      InstrumentFamily family,
      OptionalInt pitch,
      OptionalInt velocity,
      AudioLocation location) {
    this.id = id;
    this.family = family;
    this.pitch = pitch;
    this.velocity = velocity;
    this.location = location;
  }

  /** Unique within the data set. */
  public String id() {
    return id;
  }

  public InstrumentFamily family() {
    return family;
  }

  /** MIDI note number 0..127, where known. */
  public OptionalInt pitch() {
    return pitch;
  }

  /** MIDI velocity 0..127, where known. */
  public OptionalInt velocity() {
    return velocity;
  }

  /** A name that tells the split; see {@link AudioLocation#split}. */
  String split() {
    return location.split();
  }

  /**
   * Reads the audio, anew with every call, at the rate it is stored with.
   *
   * @throws DatasetException where it cannot be read
   */
  public AudioClip audio() throws DatasetException {
    return location.read();
  }

  /**
   * What {@link #audio} would read now, named without reading it: by the file's path, size, number
   * and times, and the place in it. Equal fingerprints mean equal audio; a file that was replaced
   * or written to has another. Asks the file system with every call.
   *
   * @throws DatasetException where the file is not there
   */
  public ContentDigest fingerprint() throws DatasetException {
    return location.fingerprint();
  }

  @Override
  public String toString() {
    return id;
  }
}
