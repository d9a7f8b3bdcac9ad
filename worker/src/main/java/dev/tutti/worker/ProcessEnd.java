package dev.tutti.worker;

import java.util.concurrent.atomic.AtomicReference;

/**
 * How this process ends, whatever the reason: what was given to {@link #drainWith} is run once,
 * then the process halts with the code that was asked for, which for a signal is 0.
 */
final class ProcessEnd {
  private final AtomicReference<Runnable> drain = new AtomicReference<>(() -> {});
  private volatile int code;

  /** Catches signals and {@link #exit} from now on. */
  void install() {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  drain.get().run();
                  // The virtual machine would report a signal as 128 + its number.
                  Runtime.getRuntime().halt(code);
                },
                "drain"));
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
}
