package dev.tutti.server.classify;

/**
 * What a row of probabilities depends on. Thresholds are not part of it: they decide after the
 * cache.
 */
public record ProbabilityKey(SpectrogramKey spectrogram, String bankDigest) {}
