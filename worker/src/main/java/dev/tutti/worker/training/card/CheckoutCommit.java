package dev.tutti.worker.training.card;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The commit of the source checkout in which the program was started. */
final class CheckoutCommit {
  private static final String UNKNOWN = "unknown";

  private CheckoutCommit() {}

  /** Its abbreviated name; "unknown" outside of a checkout. */
  static String find() {
    try {
      Process git =
          new ProcessBuilder("git", "describe", "--always", "--dirty")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return git.waitFor() == 0 ? said.strip() : UNKNOWN;
    } catch (IOException e) {
      return UNKNOWN;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return UNKNOWN;
    }
  }
}
