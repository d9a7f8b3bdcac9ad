package dev.tutti.server.classify;

import static dev.tutti.server.config.InvalidSettingException.check;

import dev.tutti.server.config.ConfigSource;

/**
 * The pool that decodes audio and computes spectrograms.
 *
 * @param threads how many run at once
 * @param queueCapacity how many may wait in each lane; more are turned away
 * @param queueBytes what the audio under way in each lane may weigh; more is turned away
 * @param maxClipSeconds the longest clip whose whole spectrogram is computed
 */
public record DspConfig(int threads, int queueCapacity, long queueBytes, int maxClipSeconds) {
  public DspConfig {
    check(threads >= 1, "signal.threads", threads, "1 or more");
    check(queueCapacity >= 1, "signal.queue-capacity", queueCapacity, "1 or more");
    check(queueBytes >= 1, "signal.queue-bytes", queueBytes, "1 or more");
    check(maxClipSeconds >= 1, "signal.max-clip-seconds", maxClipSeconds, "1 or more");
  }

  /**
   * @param heapBytes the heap that the defaults are shares of
   */
  public static DspConfig from(ConfigSource source, long heapBytes) {
    int half = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    return new DspConfig(
        source.integer("signal.threads", half),
        source.integer("signal.queue-capacity", 8192),
        source.bytes("signal.queue-bytes", heapBytes / 4),
        source.integer("signal.max-clip-seconds", 60));
  }
}
