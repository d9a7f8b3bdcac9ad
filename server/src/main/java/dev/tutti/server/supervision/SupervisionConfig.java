package dev.tutti.server.supervision;

import static dev.tutti.server.config.InvalidSettingException.check;

import dev.tutti.server.config.ConfigSource;
import java.time.Duration;

/**
 * How workers are watched.
 *
 * @param startTimeout from spawn to ready, models loaded and warm
 * @param probeInterval between two health probes; a probe that takes longer counts as missed
 * @param suspectAfter missed probes in a row after which a worker gets no new work
 * @param killAfter missed probes in a row after which it is ended and restarted
 * @param backoffInitial the first wait before a worker is started again
 * @param backoffMax the longest
 * @param stableUptime time as ready after which its failures are forgotten
 * @param maxFailures failures in a row after which a worker is given up
 * @param drainTimeout what a worker gets to finish before it is killed
 */
public record SupervisionConfig(
    Duration startTimeout,
    Duration probeInterval,
    int suspectAfter,
    int killAfter,
    Duration backoffInitial,
    Duration backoffMax,
    Duration stableUptime,
    int maxFailures,
    Duration drainTimeout) {
  public static final SupervisionConfig DEFAULT =
      new SupervisionConfig(
          Duration.ofMinutes(3),
          Duration.ofSeconds(1),
          5,
          30,
          Duration.ofMillis(100),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          6,
          Duration.ofSeconds(10));

  public SupervisionConfig {
    positive("workers.start-timeout", startTimeout);
    positive("workers.probe-interval", probeInterval);
    check(suspectAfter >= 1, "workers.suspect-after", suspectAfter, "1 or more");
    check(killAfter > suspectAfter, "workers.kill-after", killAfter, "more than suspect-after");
    positive("workers.backoff-initial", backoffInitial);
    check(
        backoffMax.compareTo(backoffInitial) >= 0,
        "workers.backoff-max",
        backoffMax,
        "backoff-initial or more");
    positive("workers.stable-uptime", stableUptime);
    check(maxFailures >= 1, "workers.max-failures", maxFailures, "1 or more");
    positive("workers.drain-timeout", drainTimeout);
  }

  public static SupervisionConfig from(ConfigSource source) {
    return new SupervisionConfig(
        source.duration("workers.start-timeout", DEFAULT.startTimeout),
        source.duration("workers.probe-interval", DEFAULT.probeInterval),
        source.integer("workers.suspect-after", DEFAULT.suspectAfter),
        source.integer("workers.kill-after", DEFAULT.killAfter),
        source.duration("workers.backoff-initial", DEFAULT.backoffInitial),
        source.duration("workers.backoff-max", DEFAULT.backoffMax),
        source.duration("workers.stable-uptime", DEFAULT.stableUptime),
        source.integer("workers.max-failures", DEFAULT.maxFailures),
        source.duration("workers.drain-timeout", DEFAULT.drainTimeout));
  }

  private static void positive(String key, Duration value) {
    check(value.compareTo(Duration.ZERO) > 0, key, value, "more than zero");
  }
}
