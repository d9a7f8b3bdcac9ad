package dev.tutti.cli.report;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** Shows how far long work is: a bar that redraws itself on a terminal, plain lines elsewhere. */
public final class ProgressBar implements AutoCloseable {
  private static final int WIDTH = 30;

  private final PrintWriter out;
  private final boolean terminal;

  /** Length of the text on the terminal; zero while there is none. */
  private int drawn;

  /** A bar on a terminal; lines elsewhere. */
  public ProgressBar(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /**
   * Shows progress.
   *
   * @param total zero when unknown
   * @param note running figures
   */
  public void show(long done, long total, Duration elapsed, String note) {
    String counts = total > 0 ? done + "/" + total : String.valueOf(done);
    String text =
        String.format(Locale.ROOT, "%s  %.1f s  %s", counts, elapsed.toMillis() / 1000.0, note);
    if (terminal && total > 0) {
      int filled = (int) (WIDTH * done / total);
      // Blanks over what a longer line before has left.
      String rest = " ".repeat(Math.max(0, drawn - text.length()));
      out.print("\r[" + "#".repeat(filled) + "-".repeat(WIDTH - filled) + "] " + text + rest);
      drawn = text.length();
    } else {
      out.println("  " + text);
    }
    out.flush();
  }

  @Override
  public void close() {
    if (drawn > 0) {
      out.println();
      out.flush();
    }
  }
}
