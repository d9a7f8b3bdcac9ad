package dev.tutti.server.dispatch;

import dev.tutti.server.async.Futures;
import dev.tutti.server.bank.ServedBanks;
import dev.tutti.server.error.UnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
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
  private final Set<Waiting<?>> waiting = ConcurrentHashMap.newKeySet();

  public Outlook(ServedBanks banks, Clock clock) {
    this.banks = banks;
    this.clock = clock;
  }

  /** A call that waits for a worker, by identity. */
  private static final class Waiting<T> {
    final String bank;
    final Instant deadline;
    final CompletableFuture<T> work;
    final CompletableFuture<T> view;

    Waiting(String bank, Instant deadline, CompletableFuture<T> work) {
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
   * @param left the time until the deadline
   */
  public <T> CompletableFuture<T> inTime(CompletableFuture<T> work, String bank, Duration left) {
    if (work.isDone()) {
      return work;
    }
    Waiting<T> call = new Waiting<>(bank, clock.instant().plus(left), work);
    waiting.add(call);
    call.view.whenComplete((answer, failure) -> waiting.remove(call));
    check(call);
    return call.view;
  }

  /** Looks again: something happened to a worker. */
  void recheck() {
    waiting.forEach(this::check);
  }

  private void check(Waiting<?> call) {
    banks
        .readyAt(call.bank)
        .filter(ready -> ready.isAfter(call.deadline))
        .ifPresent(ready -> refuse(call, ready));
  }

  private void refuse(Waiting<?> call, Instant ready) {
    Duration wait = Duration.between(clock.instant(), ready);
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
