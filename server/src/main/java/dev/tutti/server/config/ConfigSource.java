package dev.tutti.server.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Settings as text, by dotted key. Each component's config record reads its own keys, with its own
 * defaults; {@link #refuseUnknown} then catches every key that nobody read.
 */
public final class ConfigSource {
  private final Map<String, String> values;
  private final Set<String> known = new TreeSet<>();

  public ConfigSource(Map<String, String> values) {
    this.values = new TreeMap<>(values);
  }

  public String text(String key, String fallback) {
    return read(key, fallback, "text", Function.identity());
  }

  /** Comma-separated, blanks trimmed. */
  public List<String> list(String key, List<String> fallback) {
    return read(
        key,
        fallback,
        "a comma-separated list",
        text -> Arrays.stream(text.split(",")).map(String::strip).toList());
  }

  public int integer(String key, int fallback) {
    return read(key, fallback, "a whole number", Integer::valueOf);
  }

  public double number(String key, double fallback) {
    return read(key, fallback, "a number", Double::valueOf);
  }

  public boolean bool(String key, boolean fallback) {
    return read(key, fallback, "true or false", ConfigSource::parseBool);
  }

  /** One of an enum's constants, in lower case. */
  public <E extends Enum<E>> E choice(String key, E fallback) {
    E[] constants = fallback.getDeclaringClass().getEnumConstants();
    String accepted =
        Arrays.stream(constants)
            .map(constant -> constant.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    return read(
        key,
        fallback,
        "one of " + accepted,
        text ->
            Arrays.stream(constants)
                .filter(constant -> constant.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new));
  }

  /** Bytes, with an optional {@code k}, {@code m} or {@code g} for powers of 1,024. */
  public long bytes(String key, long fallback) {
    return read(key, fallback, "a size such as 512m", ConfigSource::parseBytes);
  }

  /** A number with {@code ms}, {@code s} or {@code m}. */
  public Duration duration(String key, Duration fallback) {
    return read(key, fallback, "a duration such as 200ms, 30s or 5m", ConfigSource::parseDuration);
  }

  /** All keys of the form {@code prefix.NAME}, by NAME. */
  public Map<String, String> named(String prefix) {
    Map<String, String> found = new LinkedHashMap<>();
    values.forEach(
        (key, value) -> {
          if (key.startsWith(prefix + ".") && key.length() > prefix.length() + 1) {
            known.add(key);
            found.put(key.substring(prefix.length() + 1), value);
          }
        });
    return found;
  }

  /**
   * @throws InvalidSettingException for a key that no component has read, naming the nearest one
   *     that exists
   */
  public void refuseUnknown() {
    for (String key : values.keySet()) {
      if (!known.contains(key)) {
        throw new InvalidSettingException(
            "Unknown setting '" + key + "'. The nearest known one is '" + nearest(key) + "'.");
      }
    }
  }

  private <T> T read(String key, T fallback, String accepted, Function<String, T> parser) {
    known.add(key);
    String text = values.get(key);
    if (text == null) {
      return fallback;
    }
    try {
      return parser.apply(text.strip());
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingException(
          "Setting '" + key + "' is '" + text + "'; it must be " + accepted + ".", e);
    }
  }

  private static Boolean parseBool(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException("neither true nor false");
    }
    return text.equals("true");
  }

  private static Long parseBytes(String text) {
    int last = text.isEmpty() ? 0 : Character.toLowerCase(text.charAt(text.length() - 1));
    int shift = last == 'k' ? 10 : last == 'm' ? 20 : last == 'g' ? 30 : 0;
    String digits = shift == 0 ? text : text.substring(0, text.length() - 1);
    return Math.multiplyExact(Long.parseLong(digits), 1L << shift);
  }

  private static Duration parseDuration(String text) {
    if (text.endsWith("ms")) {
      return Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)));
    }
    String number = text.substring(0, Math.max(0, text.length() - 1));
    if (text.endsWith("s")) {
      return Duration.ofSeconds(Long.parseLong(number));
    }
    if (text.endsWith("m")) {
      return Duration.ofMinutes(Long.parseLong(number));
    }
    throw new IllegalArgumentException("no unit");
  }

  private String nearest(String key) {
    return known.stream()
        .min((a, b) -> Integer.compare(editDistance(key, a), editDistance(key, b)))
        .orElse("none");
  }

  /** Levenshtein distance. */
  private static int editDistance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    Arrays.setAll(previous, j -> j);
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitution = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(substitution, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
