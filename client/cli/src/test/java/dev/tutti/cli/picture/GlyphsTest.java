package dev.tutti.cli.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class GlyphsTest {
  private final Glyphs glyphs = new Glyphs();

  @Test
  void allPrintableCharactersDiffer() {
    Set<String> shapes = new HashSet<>();
    for (char character = ' '; character < 127; character++) {
      assertEquals(String.valueOf(character), glyphs.drawable(String.valueOf(character)));
      StringBuilder shape = new StringBuilder();
      for (int y = 0; y < Glyphs.HEIGHT; y++) {
        for (int x = 0; x < Glyphs.WIDTH; x++) {
          shape.append(glyphs.dot(character, x, y) ? '#' : '.');
        }
        shape.append('\n');
      }
      assertTrue(shapes.add(shape.toString()), character + " looks like another");
    }
  }

  @Test
  void whatHasNoGlyphIsReplaced() {
    assertEquals("Flote, fi, ? and ?", glyphs.drawable("Flöte,\tﬁ, 笛 and \uD83C\uDFB7"));
  }

  @Test
  void linesBreakAtSpaces() {
    assertEquals(List.of("bass,", "brass,", "flute"), glyphs.wrapped("bass, brass, flute", 6));
    assertEquals(List.of("abcd", "ef"), glyphs.wrapped("abcdef", 4));
    assertEquals(List.of(), glyphs.wrapped("  ", 4));
  }

  @Property
  void noLetterIsLost(@ForAll String text, @ForAll @IntRange(min = 1, max = 9) int letters) {
    List<String> lines = glyphs.wrapped(text, letters);
    assertTrue(lines.stream().allMatch(line -> !line.isEmpty() && line.length() <= letters));
    assertEquals(glyphs.drawable(text).replace(" ", ""), String.join("", lines).replace(" ", ""));
  }
}
