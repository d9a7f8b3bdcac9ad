package dev.tutti.server.dispatch;

import static dev.tutti.server.config.InvalidSettingException.check;

import dev.tutti.server.config.ConfigSource;
import java.time.Duration;

/**
 * How work is spread over workers.
 *
 * @param maxConcurrentBatches batches one worker may have: one that runs, and others that travel
 *     meanwhile
 * @param answerTimeout what a worker gets to answer a batch; one that takes longer hangs and is
 *     ended
 */
public record DispatchConfig(int maxConcurrentBatches, Duration answerTimeout) {
  public static final DispatchConfig DEFAULT = new DispatchConfig(2, Duration.ofMinutes(1));

  public DispatchConfig {
    check(
        maxConcurrentBatches >= 1,
        "workers.max-concurrent-batches",
        maxConcurrentBatches,
        "1 or more");
    check(
        answerTimeout.compareTo(Duration.ZERO) > 0,
        "workers.answer-timeout",
        answerTimeout,
        "more than zero");
  }

  public static DispatchConfig from(ConfigSource source) {
    return new DispatchConfig(
        source.integer("workers.max-concurrent-batches", DEFAULT.maxConcurrentBatches),
        source.duration("workers.answer-timeout", DEFAULT.answerTimeout));
  }
}
