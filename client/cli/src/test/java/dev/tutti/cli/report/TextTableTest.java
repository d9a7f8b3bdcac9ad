package dev.tutti.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tutti.cli.TextOutput;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
  @Test
  void theFirstColumnStandsLeftAndTheOthersRight() {
    TextTable table = new TextTable(List.of("file", "bass", "decision"));
    table.add(List.of("a.wav", "0.123", "none"));
    table.add(List.of("longer name.wav", "1", "bass+flute"));
    TextOutput out = new TextOutput();
    table.print(out.writer);
    assertEquals(
        """
        file              bass    decision
        a.wav            0.123        none
        longer name.wav      1  bass+flute
        """,
        out.text());
  }

  @Test
  void noLineEndsInBlanks() {
    TextTable table = new TextTable(List.of("name", "value"));
    table.add(List.of("a", ""));
    TextOutput out = new TextOutput();
    table.print(out.writer);
    assertEquals("name  value\na\n", out.text());
  }
}
