package dev.tutti.server.error;

/**
 * What a client wrote, as messages and logs may repeat it: cut where it is long, and without
 * characters that steer a terminal, break a line or are not text at all.
 */
public final class ClientText {
  /** The longest name that is repeated, in characters. */
  public static final int MAX_NAME = 100;

  private static final String CUT = "...";

  private ClientText() {}

  /** A name in single quotes, of at most {@value #MAX_NAME} characters between them. */
  public static String quote(String name) {
    return "'" + printable(name, MAX_NAME) + "'";
  }

  /**
   * A text with every control, format and unpaired surrogate character as {@code \\uXXXX}.
   *
   * @param max how many characters to return at most; where there are more, it ends with "..."
   */
  public static String printable(String text, int max) {
    StringBuilder result = new StringBuilder(Math.min(text.length(), max) + CUT.length());
    int next = 0;
    while (next < text.length()) {
      int character = text.codePointAt(next);
      String shown = shown(character);
      if (result.length() + shown.length() > max) {
        result.setLength(Math.min(result.length(), max - CUT.length()));
        if (Character.isHighSurrogate(result.charAt(result.length() - 1))) {
          result.setLength(result.length() - 1);
        }
        return result.append(CUT).toString();
      }
      result.append(shown);
      next += Character.charCount(character);
    }
    return result.toString();
  }

  private static String shown(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          character < 0x10000 ? "\\u%04x".formatted(character) : "\\U%08x".formatted(character);
      default -> Character.toString(character);
    };
  }
}
