package dev.tutti.server.classify;

import dev.tutti.core.audio.AudioClip;

/**
 * What was read of a recording.
 *
 * @param clip its beginning, or all of it
 * @param wholeSeconds how long all of it is; zero where that is not known
 */
record ClipPart(AudioClip clip, double wholeSeconds) {}
