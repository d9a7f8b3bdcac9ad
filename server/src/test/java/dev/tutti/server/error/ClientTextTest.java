package dev.tutti.server.error;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class ClientTextTest {
  @Test
  void textOfAnyScriptStaysAsItIs() {
    assertEquals("'Flöte 笛 \ud83c\udfba'", ClientText.quote("Flöte 笛 \ud83c\udfba"));
  }

  @Test
  void whatSteersATerminalOrBreaksALineIsEscaped() {
    assertEquals(
        "'\\u001b[2J\\u000d\\u000a\\u0000\\u2028\\u200f\\ud800'",
        ClientText.quote("\u001b[2J\r\n\0\u2028\u200f\ud800"));
  }

  @Test
  void aLongNameIsCutAtTheLimit() {
    assertEquals("'" + "a".repeat(100) + "'", ClientText.quote("a".repeat(100)));
    assertEquals("'" + "a".repeat(97) + "...'", ClientText.quote("a".repeat(101)));
  }

  @Property(tries = 500)
  void nothingIsLongerThanAskedForOrUnprintable(
      @ForAll @StringLength(max = 60) String text, @ForAll @IntRange(min = 10, max = 40) int max) {
    String printed = ClientText.printable(text, max);
    assertTrue(printed.length() <= max, printed);
    assertTrue(
        printed
            .codePoints()
            .noneMatch(
                character ->
                    Character.isISOControl(character)
                        || Character.getType(character) == Character.SURROGATE
                        || Character.getType(character) == Character.FORMAT),
        printed);
  }
}
