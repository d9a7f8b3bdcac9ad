package dev.tutti.cli.picture;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A small typeface of all printable ASCII characters: a headless Java may have no fonts. Capitals
 * are 5 dots wide and 7 high, and two more rows hold what hangs below the line. In {@code
 * glyphs.txt} a line is a character: itself, then its rows from top to bottom, five bits each in
 * hexadecimal, the highest on the left.
 */
final class Glyphs {
  static final int WIDTH = 5;
  static final int HEIGHT = 9;

  /** Rows above the line that the letters stand on. */
  static final int ASCENT = 7;

  private static final char UNKNOWN = '?';

  private final Map<Character, int[]> rows = new HashMap<>();

  Glyphs() {
    try (InputStream file = Glyphs.class.getResourceAsStream("glyphs.txt");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(file, StandardCharsets.US_ASCII))) {
      lines.lines().forEach(this::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    rows.put(' ', new int[HEIGHT]);
  }

  private void add(String line) {
    int[] glyph = new int[HEIGHT];
    for (int y = 0; y < HEIGHT; y++) {
      glyph[y] = Integer.parseInt(line.substring(2 + 3 * y, 4 + 3 * y), 16);
    }
    rows.put(line.charAt(0), glyph);
  }

  /** The text as it can be drawn: letters without their accents, a question mark for the rest. */
  String drawable(String text) {
    StringBuilder drawable = new StringBuilder();
    Normalizer.normalize(text, Normalizer.Form.NFKD)
        .codePoints()
        .filter(point -> Character.getType(point) != Character.NON_SPACING_MARK)
        .map(point -> Character.isWhitespace(point) ? ' ' : point)
        .map(point -> rows.containsKey((char) point) && point < 128 ? point : UNKNOWN)
        .forEach(drawable::appendCodePoint);
    return drawable.toString();
  }

  /** Drawable lines of at most so many letters, broken at spaces where there are any. */
  List<String> wrapped(String text, int letters) {
    List<String> lines = new ArrayList<>();
    String rest = drawable(text).strip();
    while (rest.length() > letters) {
      int space = rest.lastIndexOf(' ', letters);
      int end = space > 0 ? space : letters;
      lines.add(rest.substring(0, end).strip());
      rest = rest.substring(end).strip();
    }
    if (!rest.isEmpty()) {
      lines.add(rest);
    }
    return lines;
  }

  /** Whether a character of a {@link #drawable} text has a dot at a place. */
  boolean dot(char character, int x, int y) {
    return (rows.get(character)[y] >> (WIDTH - 1 - x) & 1) == 1;
  }
}
