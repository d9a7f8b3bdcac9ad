package dev.tutti.server.classify;

import dev.tutti.core.spectrogram.Spectrogram;

/**
 * A clip's spectrogram, and how much of the clip it shows.
 *
 * @param clipSeconds the clip's length; zero where its file does not say and is longer than the
 *     whole of a clip may be
 * @param analyzedSeconds seconds of the clip in the spectrogram, not counting padding
 */
public record ClipSpectrogram(
    Spectrogram spectrogram, double clipSeconds, double analyzedSeconds) {}
