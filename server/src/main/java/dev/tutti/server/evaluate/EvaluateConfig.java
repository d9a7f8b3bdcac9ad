package dev.tutti.server.evaluate;

import static dev.tutti.server.config.InvalidSettingException.check;

import dev.tutti.server.config.Settings;

/**
 * Limits of evaluations.
 *
 * @param maxInFlight samples of one evaluation that are worked on at once; more are not read
 * @param maxConcurrent evaluations at once; more are turned away
 */
public record EvaluateConfig(int maxInFlight, int maxConcurrent) {
  public static final EvaluateConfig DEFAULT = new EvaluateConfig(64, 4);

  public EvaluateConfig {
    check(maxInFlight >= 1, "evaluate.max-in-flight", maxInFlight, "1 or more");
    check(maxConcurrent >= 1, "evaluate.max-concurrent", maxConcurrent, "1 or more");
  }

  public static EvaluateConfig from(Settings settings) {
    return new EvaluateConfig(
        settings.integer("evaluate.max-in-flight", DEFAULT.maxInFlight),
        settings.integer("evaluate.max-concurrent", DEFAULT.maxConcurrent));
  }
}
