package dev.tutti.server.bank;

import dev.tutti.server.error.UnavailableException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * One version of the bank, as workers of its own loaded it at one time. What the first of them
 * reports, all others must agree with. Until it is opened, its workers get no work from callers.
 */
public final class Edition {
  private final int version;
  private final AtomicReference<Bank> bank = new AtomicReference<>();
  private final CompletableFuture<Bank> known = new CompletableFuture<>();
  private volatile boolean open;
  private volatile Optional<UnavailableException> refusal = Optional.empty();
  private volatile Supplier<Optional<Instant>> readyAt = () -> Optional.of(Instant.MIN);

  /**
   * @param version its number on disk; zero where there are no numbers
   */
  public Edition(int version) {
    this.version = version;
  }

  public int version() {
    return version;
  }

  /** Completes with the bank when a worker has reported it. */
  public CompletableFuture<Bank> whenKnown() {
    return known;
  }

  public Optional<Bank> bank() {
    return Optional.ofNullable(bank.get());
  }

  /** Its workers may be given work. */
  public void open() {
    open = true;
  }

  /**
   * From when on one of its workers may take work.
   *
   * @param earliest the earliest moment, as far as is known; empty when none will by itself
   */
  public void expect(Supplier<Optional<Instant>> earliest) {
    readyAt = earliest;
  }

  /** Why no worker will answer; empty while one may. */
  public Optional<UnavailableException> refusal() {
    return refusal;
  }

  /** No worker will answer, unless one is started again after all. */
  public void giveUp(UnavailableException reason) {
    refusal = Optional.of(reason);
  }

  Optional<Instant> readyAt() {
    return readyAt.get();
  }

  public boolean isOpen() {
    return open;
  }

  public void revive() {
    refusal = Optional.empty();
  }

  boolean holds(String digest) {
    Bank held = bank.get();
    return held != null && held.digest().equals(digest);
  }

  /** Returns whether {@code reported} is what this edition is, from now on at the latest. */
  public boolean offer(Bank reported) {
    bank.compareAndSet(null, reported);
    known.complete(bank.get());
    return holds(reported.digest());
  }
}
