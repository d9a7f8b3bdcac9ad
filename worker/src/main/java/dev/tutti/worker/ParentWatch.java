package dev.tutti.worker;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * Ends this process when standard input ends: the parent holds the other side, so it ends when the
 * parent does, however that dies. Nobody waits for answers then, so whatever hangs is not waited
 * for either.
 */
final class ParentWatch {
  /** What removing the socket and the like may take. */
  private static final Duration PATIENCE = Duration.ofMillis(1500);

  private ParentWatch() {}

  static void start(InputStream input, ProcessEnd end) {
    Thread thread = new Thread(() -> await(input, end), "parent-watch");
    thread.setDaemon(true);
    thread.start();
  }

  private static void await(InputStream input, ProcessEnd end) {
    byte[] ignored = new byte[256];
    try {
      while (input.read(ignored) >= 0) {
        // The parent has nothing to say here.
      }
    } catch (IOException e) {
      // A broken pipe is an end, too.
    }
    end.exitWithin(PATIENCE);
  }
}
