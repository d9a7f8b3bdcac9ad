package dev.tutti.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Collects what is printed. */
final class TextOutput {
  private final StringWriter text = new StringWriter();
  final PrintWriter writer = new PrintWriter(text);

  String text() {
    writer.flush();
    return text.toString().replace(System.lineSeparator(), "\n");
  }
}
