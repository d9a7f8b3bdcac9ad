package dev.tutti.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.List;

/** Skips a test, with a reason that is printed, where a tool of another language is missing. */
final class Requires {
  private Requires() {}

  /** Skips the test unless the command succeeds. */
  static void succeeds(String reason, List<String> command) throws InterruptedException {
    boolean there;
    try {
      there = Distribution.run(new ProcessBuilder(command)).exitCode() == 0;
    } catch (IOException e) {
      there = false;
    }
    if (!there) {
      System.out.println("SKIPPED: " + reason);
    }
    assumeTrue(there, reason);
  }

  /** A Python that has the modules; skips the test when there is none. */
  static String python(String purpose, String... modules) throws InterruptedException {
    String imports = "import " + String.join(", ", modules);
    for (String python : List.of("/usr/bin/python3", "python3")) {
      try {
        if (Distribution.run(new ProcessBuilder(python, "-c", imports)).exitCode() == 0) {
          return python;
        }
      } catch (IOException e) {
        // Not there: try the next.
      }
    }
    String reason = purpose + " needs Python 3 with " + String.join(" and ", modules);
    System.out.println("SKIPPED: " + reason);
    assumeTrue(false, reason);
    return "";
  }
}
