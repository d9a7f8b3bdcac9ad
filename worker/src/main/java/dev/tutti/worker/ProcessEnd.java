package dev.tutti.worker;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How this process ends, whatever the reason: what was given to {@link #drainWith} is run once,
 * then the process halts with the code that was asked for, which for a signal is 0. A signal that
 * finds nothing to drain ends it as signals do, with 128 + its number.
 */
final class ProcessEnd {
  /** More than draining takes that goes well. */
  private static final Duration DRAIN_LIMIT = Duration.ofSeconds(40);

  private static final int NOT_ASKED = -1;

  private final AtomicReference<Runnable> drain = new AtomicReference<>();
  private volatile int code = NOT_ASKED;

  /** Catches signals and {@link #exit} from now on. */
  void install() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::onShutdown, "drain"));
  }

  /** What to run before the end. */
  void drainWith(Runnable action) {
    drain.set(action);
  }

  /** Ends the process; does not return. */
  void exit(int exitCode) {
    code = exitCode;
    System.exit(exitCode);
  }

  /**
   * Ends the process with code 0, after this time whether or not it has drained; does not return.
   */
  void exitWithin(Duration patience) {
    try {
      start("exit", () -> exit(0));
      sleep(patience);
    } finally {
      // Also where there is no memory for one more thread.
      Runtime.getRuntime().halt(0);
    }
  }

  private void onShutdown() {
    Runnable action = drain.get();
    if (action != null) {
      start("drain-limit", () -> haltAfter(DRAIN_LIMIT));
      try {
        action.run();
      } finally {
        halt();
      }
    } else if (code != NOT_ASKED) {
      halt();
    }
  }

  private void haltAfter(Duration limit) {
    sleep(limit);
    halt();
  }

  private void halt() {
    Runtime.getRuntime().halt(Math.max(0, code));
  }

  private static void start(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
