package dev.tutti.server.supervision;

import java.time.Duration;
import java.time.Instant;

/** The earliest moment at which a worker can be ready: it starts no faster than it ever did. */
final class StartForecast {
  /** Of the starts so far; zero before the first. */
  private Duration fastest = Duration.ZERO;

  private Instant begin = Instant.MIN;

  /** A start begins, or will. */
  void beginsAt(Instant when) {
    begin = when;
  }

  void ready(Instant now) {
    Duration took = Duration.between(begin, now);
    fastest = fastest.isZero() || took.compareTo(fastest) < 0 ? took : fastest;
  }

  /** Of the start that runs, or the next. */
  Instant readyAt() {
    return begin.plus(fastest);
  }
}
