package dev.tutti.server.evaluate;

import static dev.tutti.server.config.InvalidSettingException.check;

import dev.tutti.server.config.Settings;

/**
 * Limits of evaluations.
 *
 * @param maxInFlight samples of one evaluation that are worked on at once; more are not read
 * @param maxInFlightBytes what their messages may weigh together; one more is read below it
 * @param maxConcurrent evaluations at once; more are turned away
 */
public record EvaluateConfig(int maxInFlight, long maxInFlightBytes, int maxConcurrent) {
  public static final EvaluateConfig DEFAULT = new EvaluateConfig(64, 64L << 20, 4);

  public EvaluateConfig {
    check(maxInFlight >= 1, "evaluate.max-in-flight", maxInFlight, "1 or more");
    check(maxInFlightBytes >= 1, "evaluate.max-in-flight-bytes", maxInFlightBytes, "1 or more");
    check(maxConcurrent >= 1, "evaluate.max-concurrent", maxConcurrent, "1 or more");
  }

  public static EvaluateConfig from(Settings settings) {
    return new EvaluateConfig(
        settings.integer("evaluate.max-in-flight", DEFAULT.maxInFlight),
        settings.bytes("evaluate.max-in-flight-bytes", DEFAULT.maxInFlightBytes),
        settings.integer("evaluate.max-concurrent", DEFAULT.maxConcurrent));
  }
}
