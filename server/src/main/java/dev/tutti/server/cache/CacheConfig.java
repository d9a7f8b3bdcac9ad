package dev.tutti.server.cache;

import static dev.tutti.server.config.InvalidSettingException.check;

import dev.tutti.server.config.Settings;

/**
 * How much the caches hold.
 *
 * @param spectrogramBytes bytes of spectrogram values; one of 1025 x 126 is 516,600
 * @param probabilityBytes bytes of probability rows, keys included
 */
public record CacheConfig(long spectrogramBytes, long probabilityBytes) {
  public static final CacheConfig DEFAULT = new CacheConfig(512L << 20, 64L << 20);

  public CacheConfig {
    check(spectrogramBytes >= 0, "cache.spectrogram-bytes", spectrogramBytes, "zero or more");
    check(probabilityBytes >= 0, "cache.probability-bytes", probabilityBytes, "zero or more");
  }

  public static CacheConfig from(Settings settings) {
    return new CacheConfig(
        settings.bytes("cache.spectrogram-bytes", DEFAULT.spectrogramBytes),
        settings.bytes("cache.probability-bytes", DEFAULT.probabilityBytes));
  }
}
