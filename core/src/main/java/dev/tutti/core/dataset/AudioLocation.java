package dev.tutti.core.dataset;

import dev.tutti.core.audio.AudioClip;

/** Where a note's audio is stored. */
@FunctionalInterface
interface AudioLocation {
  AudioClip read() throws DatasetException;
}
