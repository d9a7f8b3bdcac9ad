package dev.tutti.server.classify;

import dev.tutti.core.audio.AudioClip;

/**
 * What was read of a recording.
 *
 * @param clip its beginning, or all of it
 * @param wholeSeconds how long all of it is, or as much of that as was counted
 */
record ClipPart(AudioClip clip, double wholeSeconds) {}
