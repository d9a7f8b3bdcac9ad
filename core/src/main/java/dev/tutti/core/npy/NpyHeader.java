package dev.tutti.core.npy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the dictionary at the head of a file says.
 *
 * @param description byte order and type, such as {@code <f8}
 * @param fortranOrder whether the first index moves fastest
 * @param shape sizes of the dimensions
 */
record NpyHeader(String description, boolean fortranOrder, List<Integer> shape) {
  private static final String DESCRIPTION =
      key("descr") + "[bu]?(?:'([^']{1,16})'|\"([^\"]{1,16})\")\\s*";
  private static final String FORTRAN_ORDER = key("fortran_order") + "(True|False)\\s*";

  /** Python 2 writes long integers with an L. */
  private static final String SHAPE = key("shape") + "(\\([0-9L, ]*\\))\\s*";

  private static final String ENTRY =
      "\\s*(?:" + DESCRIPTION + "|" + FORTRAN_ORDER + "|" + SHAPE + ")";
  private static final Pattern DICTIONARY =
      Pattern.compile("\\s*\\{" + ENTRY + "," + ENTRY + "," + ENTRY + ",?\\s*\\}\\s*");

  private static final int MAX_DIMENSIONS = 32;

  /** Reads a dictionary literal with exactly the three keys, in any order. */
  static NpyHeader parse(String file, String text) throws NpyException {
    Optional<String> description = find(DESCRIPTION, text);
    Optional<String> fortranOrder = find(FORTRAN_ORDER, text);
    Optional<String> shape = find(SHAPE, text);
    if (!DICTIONARY.matcher(text).matches()
        || description.isEmpty()
        || fortranOrder.isEmpty()
        || shape.isEmpty()) {
      throw new NpyException(
          "%s: the header is no dictionary of descr, fortran_order and shape: %s"
              .formatted(file, excerpt(text.strip())));
    }
    return new NpyHeader(
        description.get(), fortranOrder.get().equals("True"), shape(file, shape.get()));
  }

  /** A key as Python's literals may be written, with either quote and a prefix. */
  private static String key(String name) {
    return "[bu]?(?:'" + name + "'|\"" + name + "\")\\s*:\\s*";
  }

  private static Optional<String> find(String entry, String text) {
    Matcher matcher = Pattern.compile(entry).matcher(text);
    if (!matcher.find()) {
      return Optional.empty();
    }
    return matcher.group(1) == null && matcher.groupCount() > 1
        ? Optional.of(matcher.group(2))
        : Optional.of(matcher.group(1));
  }

  private static List<Integer> shape(String file, String tuple) throws NpyException {
    List<Integer> shape = new ArrayList<>();
    for (String size : tuple.substring(1, tuple.length() - 1).split(",", -1)) {
      if (!size.isBlank()) {
        try {
          shape.add(Integer.parseInt(size.strip().replaceFirst("L$", "")));
        } catch (NumberFormatException e) {
          throw new NpyException(file + ": the shape " + excerpt(tuple) + " is not supported");
        }
      }
    }
    if (shape.size() > MAX_DIMENSIONS) {
      throw new NpyException(file + ": more than " + MAX_DIMENSIONS + " dimensions");
    }
    return List.copyOf(shape);
  }

  private static String excerpt(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "...";
  }
}
