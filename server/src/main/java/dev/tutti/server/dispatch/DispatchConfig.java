package dev.tutti.server.dispatch;

import static dev.tutti.server.config.InvalidSettingException.check;

import dev.tutti.server.config.Settings;

/**
 * How work is spread over workers.
 *
 * @param maxConcurrentBatches batches one worker may have: one that runs, and others that travel
 *     meanwhile
 */
public record DispatchConfig(int maxConcurrentBatches) {
  public static final DispatchConfig DEFAULT = new DispatchConfig(2);

  public DispatchConfig {
    check(
        maxConcurrentBatches >= 1,
        "workers.max-concurrent-batches",
        maxConcurrentBatches,
        "1 or more");
  }

  public static DispatchConfig from(Settings settings) {
    return new DispatchConfig(
        settings.integer("workers.max-concurrent-batches", DEFAULT.maxConcurrentBatches));
  }
}
