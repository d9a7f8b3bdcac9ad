package dev.tutti.server;

import java.io.IOException;
import java.io.InputStream;

/** Notices that standard input has ended, and with it the parent process. */
final class StdinWatch {
  private StdinWatch() {}

  static void start(Runnable onEnd) {
    Thread thread = new Thread(() -> await(System.in, onEnd), "stdin-watch");
    thread.setDaemon(true);
    thread.start();
  }

  private static void await(InputStream input, Runnable onEnd) {
    try {
      while (input.read() >= 0) {
        // Whatever the parent writes is not for us.
      }
    } catch (IOException e) {
      // A broken pipe is an end too.
    }
    onEnd.run();
  }
}
