package dev.tutti.server.classify;

import dev.tutti.core.spectrogram.Spectrogram;
import java.util.Optional;

/**
 * A clip's spectrogram, and how much of the clip it shows.
 *
 * @param key under which it, and what is made of it, may be kept; empty where caches are bypassed
 * @param clipSeconds the clip's length; at least {@code signal.max-clip-seconds} where its file
 *     does not state its length and has more
 * @param analyzedSeconds seconds of the clip in the spectrogram, not counting padding
 */
public record ClipSpectrogram(
    Optional<SpectrogramKey> key,
    Spectrogram spectrogram,
    double clipSeconds,
    double analyzedSeconds) {}
