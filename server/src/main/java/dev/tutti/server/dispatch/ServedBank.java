package dev.tutti.server.dispatch;

import dev.tutti.server.classify.Bank;
import dev.tutti.server.classify.Banks;
import dev.tutti.server.error.NotFoundException;
import dev.tutti.server.error.UnavailableException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/** The one bank of this gateway: what the first worker reports, and all others must agree with. */
public final class ServedBank implements Banks {
  private final String name;
  private final AtomicReference<Bank> bank = new AtomicReference<>();
  private final CompletableFuture<Bank> first = new CompletableFuture<>();

  public ServedBank(String name) {
    this.name = name;
  }

  public String name() {
    return name;
  }

  /** Completes with the bank when a worker has reported it, or fails when none ever will. */
  public CompletableFuture<Bank> whenKnown() {
    return first;
  }

  /** No worker will ever report a bank; without effect once one has. */
  public void giveUp(UnavailableException reason) {
    first.completeExceptionally(reason);
  }

  /** Returns whether {@code reported} is what is served, now or henceforth. */
  boolean offer(Bank reported) {
    bank.compareAndSet(null, reported);
    boolean agreed = bank.get().digest().equals(reported.digest());
    first.complete(bank.get());
    return agreed;
  }

  @Override
  public List<Bank> all() {
    Bank served = bank.get();
    return served == null ? List.of() : List.of(served);
  }

  @Override
  public Bank require(String wanted) {
    if (!wanted.isEmpty() && !wanted.equals(name)) {
      throw new NotFoundException("model bank", wanted, List.of(name));
    }
    Bank served = bank.get();
    if (served == null) {
      throw new UnavailableException("No worker has loaded the models yet.");
    }
    return served;
  }
}
