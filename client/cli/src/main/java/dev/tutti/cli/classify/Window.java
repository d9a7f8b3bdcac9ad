package dev.tutti.cli.classify;

import dev.tutti.core.audio.AudioClip;

/**
 * A window of a recording.
 *
 * @param clip its samples, fewer than a window has only at the end
 * @param start of it within the recording, in seconds
 * @param alone whether it is the only one
 * @param unheard how much of the recording behind it is in no window, in seconds
 */
public record Window(AudioClip clip, double start, boolean alone, double unheard) {
  /** Where it ends within the recording, in seconds. */
  public double end() {
    return start + clip.seconds();
  }
}
