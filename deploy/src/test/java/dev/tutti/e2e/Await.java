package dev.tutti.e2e;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what other processes do. */
final class Await {
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(120);
  private static final int POLL_MILLIS = 50;

  private Await() {}

  /** Returns once the condition holds; fails when it does not for two minutes. */
  static void until(String what, BooleanSupplier condition) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    long end = System.nanoTime() + LIMIT_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end || never.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new AssertionError("It never came: " + what);
      }
    }
  }
}
