package dev.tutti.server.async;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CallEpochsTest {
  private final CallEpochs epochs = new CallEpochs();

  @Test
  void withoutCallsItIsQuiet() {
    assertTrue(epochs.quiet().isDone());
  }

  @Test
  void callsThatBeganBeforeAreWaitedForAndLaterOnesAreNot() {
    Runnable first = epochs.begin();
    Runnable second = epochs.begin();
    CompletableFuture<Void> quiet = epochs.quiet();
    epochs.begin();
    first.run();
    assertFalse(quiet.isDone());
    second.run();
    assertTrue(quiet.isDone());
  }

  @Test
  void aCallThatBeganLongBeforeIsWaitedForByAll() {
    Runnable oldest = epochs.begin();
    CompletableFuture<Void> first = epochs.quiet();
    epochs.begin().run();
    CompletableFuture<Void> second = epochs.quiet();
    assertFalse(second.isDone());
    oldest.run();
    assertTrue(first.isDone() && second.isDone());
  }

  @Test
  void aCallEndsOnce() {
    Runnable twice = epochs.begin();
    Runnable other = epochs.begin();
    CompletableFuture<Void> quiet = epochs.quiet();
    twice.run();
    twice.run();
    assertFalse(quiet.isDone());
    other.run();
    assertTrue(quiet.isDone());
  }

  @Test
  void whoeverCancelsTheWaitTakesItFromNobodyElse() {
    Runnable call = epochs.begin();
    epochs.quiet().cancel(true);
    CompletableFuture<Void> quiet = epochs.quiet();
    call.run();
    assertTrue(quiet.isDone() && !quiet.isCancelled());
  }
}
