package dev.tutti.server.bank;

import dev.tutti.server.admission.Deadline;
import dev.tutti.server.async.Futures;
import dev.tutti.server.error.UnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a worker can be ready in time for a call. One that cannot be answered before its deadline
 * is told so at once, with the time after which to try again, instead of when the deadline has
 * passed.
 */
public final class Outlook {
  private static final Logger log = LoggerFactory.getLogger(Outlook.class);

  private final ServedBanks banks;
  private final Clock clock;
  private final LongSupplier nanoClock;
  private final Set<Waiting<?>> waiting = ConcurrentHashMap.newKeySet();

  /**
   * @param nanoClock the clock of deadlines
   */
  public Outlook(ServedBanks banks, Clock clock, LongSupplier nanoClock) {
    this.banks = banks;
    this.clock = clock;
    this.nanoClock = nanoClock;
  }

  /** A call that waits for a worker, by identity. */
  private static final class Waiting<T> {
    final String bank;
    final Deadline deadline;
    final CompletableFuture<T> work;
    final CompletableFuture<T> view;

    Waiting(String bank, Deadline deadline, CompletableFuture<T> work) {
      this.bank = bank;
      this.deadline = deadline;
      this.work = work;
      this.view = Futures.map(work, answer -> answer);
    }
  }

  /**
   * The work of a call, which fails with {@link UnavailableException} as soon as no worker can be
   * ready before the deadline; the work is cancelled then.
   *
   * @param bank the digest of the bank that is to answer
   */
  public <T> CompletableFuture<T> inTime(
      CompletableFuture<T> work, String bank, Deadline deadline) {
    if (work.isDone() || deadline == Deadline.NONE) {
      return work;
    }
    Waiting<T> call = new Waiting<>(bank, deadline, work);
    waiting.add(call);
    call.view.whenComplete((answer, failure) -> waiting.remove(call));
    check(call);
    return call.view;
  }

  /** Looks again: something happened to a worker. */
  public void recheck() {
    waiting.forEach(this::check);
  }

  private void check(Waiting<?> call) {
    Instant now = clock.instant();
    Duration left = Duration.ofNanos(call.deadline.nanosLeft(nanoClock.getAsLong()));
    banks
        .readyAt(call.bank)
        .map(ready -> Duration.between(now, ready))
        .filter(wait -> wait.compareTo(left) > 0)
        .ifPresent(wait -> refuse(call, wait));
  }

  private void refuse(Waiting<?> call, Duration wait) {
    Optional<UnavailableException> never = banks.refusal(call.bank);
    UnavailableException reason =
        never.orElseGet(
            () ->
                new UnavailableException(
                    "No worker runs, and none can be ready before the call's deadline: the next is"
                        + " expected in "
                        + wait.toMillis()
                        + " ms at the earliest.",
                    wait));
    if (call.view.completeExceptionally(reason)) {
      log.info("A call is refused: {}", reason.getMessage());
      call.work.cancel(true);
    }
  }
}
