package dev.tutti.server.classify;

import static dev.tutti.server.config.InvalidSettingException.check;

import dev.tutti.server.config.Settings;

/**
 * The pool that decodes audio and computes spectrograms.
 *
 * @param threads how many run at once
 * @param queueCapacity how many may wait in each lane; more are turned away
 * @param queueBytes what the audio under way in each lane may weigh; more is turned away
 * @param maxClipSeconds the longest clip whose whole spectrogram is computed
 */
public record SignalConfig(int threads, int queueCapacity, long queueBytes, int maxClipSeconds) {
  public SignalConfig {
    check(threads >= 1, "signal.threads", threads, "1 or more");
    check(queueCapacity >= 1, "signal.queue-capacity", queueCapacity, "1 or more");
    check(queueBytes >= 1, "signal.queue-bytes", queueBytes, "1 or more");
    check(maxClipSeconds >= 1, "signal.max-clip-seconds", maxClipSeconds, "1 or more");
  }

  /**
   * @param heapBytes the heap that the defaults are shares of
   */
  public static SignalConfig from(Settings settings, long heapBytes) {
    int half = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    return new SignalConfig(
        settings.integer("signal.threads", half),
        settings.integer("signal.queue-capacity", 8192),
        settings.bytes("signal.queue-bytes", heapBytes / 4),
        settings.integer("signal.max-clip-seconds", 60));
  }
}
