package dev.tutti.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tutti.cli.TextOutput;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
  private final TextOutput out = new TextOutput();

  @Test
  void onATerminalTheBarRedrawsItselfAndEndsItsLine() {
    try (ProgressBar bar = new ProgressBar(out.writer, true)) {
      bar.show(0, 10, Duration.ZERO, "-");
      bar.show(5, 10, Duration.ofMillis(1250), "half");
      bar.show(10, 10, Duration.ofSeconds(3), "whole");
    }
    assertEquals(
        "\r[------------------------------] 0/10  0.0 s  -"
            + "\r[###############---------------] 5/10  1.3 s  half"
            + "\r[##############################] 10/10  3.0 s  whole\n",
        out.text());
  }

  @Test
  void aLineThatWasLongerLeavesNothingBehind() {
    try (ProgressBar bar = new ProgressBar(out.writer, true)) {
      bar.show(1, 2, Duration.ZERO, "a long note");
      bar.show(2, 2, Duration.ZERO, "short");
    }
    assertEquals(
        "\r[###############---------------] 1/2  0.0 s  a long note"
            + "\r[##############################] 2/2  0.0 s  short      \n",
        out.text());
  }

  @Test
  void elsewhereEveryStepIsALine() {
    try (ProgressBar bar = new ProgressBar(out.writer, false)) {
      bar.show(5, 10, Duration.ofMillis(1250), "half");
      bar.show(7, 0, Duration.ofSeconds(2), "of an unknown number");
    }
    assertEquals("  5/10  1.3 s  half\n  7  2.0 s  of an unknown number\n", out.text());
  }

  @Test
  void nothingShownIsNothingPrinted() {
    new ProgressBar(out.writer, true).close();
    assertEquals("", out.text());
  }
}
