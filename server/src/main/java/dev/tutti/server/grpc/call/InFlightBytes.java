package dev.tutti.server.grpc.call;

import dev.tutti.server.error.OverloadedException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** What the requests of all calls weigh together, from the first byte that has come. */
public final class InFlightBytes {
  private final long max;
  private final AtomicLong now = new AtomicLong();

  public InFlightBytes(long max) {
    this.max = max;
  }

  /** Counts bytes that are there in any case; returns whether that is still within the limit. */
  boolean add(long bytes) {
    return now.addAndGet(bytes) <= max;
  }

  void remove(long bytes) {
    now.addAndGet(-bytes);
  }

  long now() {
    return now.get();
  }

  OverloadedException overloaded() {
    return new OverloadedException(
        "Requests of more than "
            + max
            + " bytes are under way (setting server.max-in-flight-bytes).",
        Duration.ofMillis(200));
  }
}
