package dev.tutti.server.cache;

import dev.tutti.core.content.ContentDigest;

/**
 * What a row of probabilities depends on. Thresholds are not part of it: they decide after the
 * cache.
 */
public record ProbabilityKey(ContentDigest spectrogram, String bankDigest) {}
