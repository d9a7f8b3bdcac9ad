package dev.tutti.worker.device;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much memory a worker may take.
 *
 * @param bytes the limit
 * @param origin where the limit comes from, for logs
 */
public record MemoryBudget(long bytes, String origin) {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,12})([KMGT]?)");
  private static final Pattern SHARE = Pattern.compile("(\\d{1,3})%");
  private static final int KIBI = 10;
  private static final int WHOLE = 100;

  /** No limit. */
  public static MemoryBudget unlimited() {
    return new MemoryBudget(Long.MAX_VALUE, "no limit");
  }

  /**
   * Reads a number of bytes ({@code 6G}, {@code 800M}; powers of 1024) or a share of what is
   * available ({@code 50%}), which is no limit where that is not known.
   *
   * @param available bytes on this machine
   * @throws IllegalArgumentException for anything else
   */
  public static MemoryBudget parse(String text, OptionalLong available) {
    Matcher share = SHARE.matcher(text);
    Matcher size = SIZE.matcher(text.toUpperCase(Locale.ROOT));
    if (share.matches()) {
      int percent = Integer.parseInt(share.group(1));
      if (percent >= 1 && percent <= WHOLE) {
        return available.isPresent() ? shareOf(percent, available.getAsLong()) : unlimited();
      }
    } else if (size.matches()) {
      int power = "KMGT".indexOf(size.group(2)) + (size.group(2).isEmpty() ? 0 : 1);
      long number = Long.parseLong(size.group(1));
      if (number >= 1 && number <= Long.MAX_VALUE >> (KIBI * power)) {
        return new MemoryBudget(number << (KIBI * power), "as told");
      }
    }
    throw new IllegalArgumentException(
        "'%s' is not a memory limit; accepted: bytes such as 800M or 6G, or 1%% to 100%%"
            .formatted(text));
  }

  private static MemoryBudget shareOf(int percent, long available) {
    return new MemoryBudget(
        available / WHOLE * percent,
        "%d%% of the %s available".formatted(percent, describe(available)));
  }

  /** Bytes in the words of a log. */
  public static String describe(long bytes) {
    double mebibytes = bytes / (double) (1 << 20);
    return mebibytes < 1024
        ? "%.0f MiB".formatted(mebibytes)
        : "%.1f GiB".formatted(mebibytes / 1024);
  }
}
