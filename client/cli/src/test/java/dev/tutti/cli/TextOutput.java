package dev.tutti.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Collects what is printed. */
public final class TextOutput {
  private final StringWriter text = new StringWriter();
  public final PrintWriter writer = new PrintWriter(text);

  public String text() {
    writer.flush();
    return text.toString().replace(System.lineSeparator(), "\n");
  }
}
