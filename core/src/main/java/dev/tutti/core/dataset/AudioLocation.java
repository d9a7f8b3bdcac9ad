package dev.tutti.core.dataset;

import dev.tutti.core.audio.AudioClip;
import dev.tutti.core.content.ContentDigest;

/** Where a note's audio is stored. */
interface AudioLocation {
  AudioClip read() throws DatasetException;

  /** See {@link Note#fingerprint}. */
  ContentDigest fingerprint() throws DatasetException;

  /** A name that tells the split, of a file or folder; empty where the layout has no splits. */
  default String split() {
    return "";
  }
}
