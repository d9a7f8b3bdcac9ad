package dev.tutti.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The help of every verb. */
class HelpTest {
  @Test
  void nothingIsSaidOnStandardErrorBesideTheHelpOfAnyVerb() {
    PrintStream before = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      assertHelps(TuttiCommand.commandLine());
    } finally {
      System.setErr(before);
    }
    assertEquals("", said.toString(StandardCharsets.UTF_8));
  }

  private static void assertHelps(CommandLine verb) {
    String help = verb.getUsageMessage();
    assertFalse(help.contains("%%"), help);
    assertFalse(help.contains("%n"), help);
    verb.getSubcommands().values().forEach(HelpTest::assertHelps);
  }
}
