package dev.tutti.server.evaluate;

import static dev.tutti.server.config.InvalidSettingException.check;

import dev.tutti.server.config.ConfigSource;

/**
 * Limits of evaluations.
 *
 * @param maxInFlight samples of one evaluation that are worked on at once; more are not read
 * @param maxInFlightBytes what their messages may weigh together; one more is read below it
 * @param maxConcurrent evaluations that work at once; more are turned away
 * @param maxOpenPerPeer evaluations that one client may have open, working or idle
 */
public record EvaluationConfig(
    int maxInFlight, long maxInFlightBytes, int maxConcurrent, int maxOpenPerPeer) {
  /** What is right for a heap of this size, together with the other defaults. */
  public static EvaluationConfig defaults(long heapBytes) {
    int samples = (int) Math.max(1, Math.min(64, heapBytes >> 24));
    return new EvaluationConfig(samples, heapBytes / 64, 4, 16);
  }

  public EvaluationConfig {
    check(maxInFlight >= 1, "evaluate.max-in-flight", maxInFlight, "1 or more");
    check(maxInFlightBytes >= 1, "evaluate.max-in-flight-bytes", maxInFlightBytes, "1 or more");
    check(maxConcurrent >= 1, "evaluate.max-concurrent", maxConcurrent, "1 or more");
    check(maxOpenPerPeer >= 1, "evaluate.max-open-per-peer", maxOpenPerPeer, "1 or more");
  }

  /**
   * @param heapBytes the heap that the defaults are shares of
   */
  public static EvaluationConfig from(ConfigSource source, long heapBytes) {
    EvaluationConfig defaults = defaults(heapBytes);
    return new EvaluationConfig(
        source.integer("evaluate.max-in-flight", defaults.maxInFlight),
        source.bytes("evaluate.max-in-flight-bytes", defaults.maxInFlightBytes),
        source.integer("evaluate.max-concurrent", defaults.maxConcurrent),
        source.integer("evaluate.max-open-per-peer", defaults.maxOpenPerPeer));
  }
}
