package dev.tutti.server.cache;

import static dev.tutti.server.config.InvalidSettingException.check;

import dev.tutti.server.config.ConfigSource;

/**
 * How much the caches hold.
 *
 * @param spectrogramBytes bytes of spectrogram values; one of 1025 x 126 is 516,600
 * @param probabilityBytes bytes of probability rows, keys included
 */
public record CacheConfig(long spectrogramBytes, long probabilityBytes) {
  /** What is right for a heap of this size: a quarter of it, and a thirty-second. */
  public static CacheConfig defaults(long heapBytes) {
    return new CacheConfig(heapBytes / 4, heapBytes / 32);
  }

  public CacheConfig {
    check(spectrogramBytes >= 0, "cache.spectrogram-bytes", spectrogramBytes, "zero or more");
    check(probabilityBytes >= 0, "cache.probability-bytes", probabilityBytes, "zero or more");
  }

  /**
   * @param heapBytes the heap that the defaults are shares of
   */
  public static CacheConfig from(ConfigSource source, long heapBytes) {
    CacheConfig defaults = defaults(heapBytes);
    return new CacheConfig(
        source.bytes("cache.spectrogram-bytes", defaults.spectrogramBytes),
        source.bytes("cache.probability-bytes", defaults.probabilityBytes));
  }
}
