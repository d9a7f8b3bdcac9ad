package dev.tutti.cli.classify;

import dev.tutti.client.ClassifyResult;
import dev.tutti.client.FamilyTag;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The answer for one window of a file.
 *
 * @param windowSeconds what the models hear at once
 */
public record FileTags(Path file, Window window, double windowSeconds, ClassifyResult result) {
  private static final int MINUTE = 60;

  /** Whether more of what the models heard was silence added at the end than sound. */
  public boolean mostlyPadding() {
    return window.clip().seconds() < windowSeconds / 2;
  }

  /** The labels of the families that play, in the bank's order. */
  public List<String> present() {
    return result.tags().stream()
        .filter(FamilyTag::present)
        .map(tag -> tag.family().label())
        .toList();
  }

  /** The file, and which part of it where there are several. */
  public String title(String name) {
    return window.alone() ? name : name + " " + span(window.start(), window.end());
  }

  /** Such as {@code 4.0-6.5 s}, or {@code 1:04.0-1:08.0} from a minute on. */
  public static String span(double start, double end) {
    return end < MINUTE
        ? String.format(Locale.ROOT, "%.1f-%.1f s", start, end)
        : clock(start) + "-" + clock(end);
  }

  private static String clock(double seconds) {
    long tenths = Math.round(seconds * 10);
    return String.format(Locale.ROOT, "%d:%02d.%d", tenths / 600, tenths % 600 / 10, tenths % 10);
  }

  /** The families that play, and what must be known of the answer. */
  public String decision() {
    String families = present().isEmpty() ? "none" : String.join("+", present());
    String notes = "";
    if (mostlyPadding()) {
      notes +=
          String.format(
              Locale.ROOT,
              "  [%.1f s of sound, the rest of %.0f s is padding]",
              window.clip().seconds(),
              windowSeconds);
    }
    if (result.inputSeconds() - result.analyzedSeconds() > AUDIBLE) {
      notes +=
          String.format(
              Locale.ROOT,
              "  [heard %.1f of %.1f s]",
              result.analyzedSeconds(),
              result.inputSeconds());
    }
    if (window.unheard() >= AUDIBLE) {
      notes += String.format(Locale.ROOT, "  [the last %.1f s not heard]", window.unheard());
    }
    return families + notes;
  }

  /** Shorter rests, in seconds, are an encoder's rounding. */
  private static final double AUDIBLE = 0.05;

  /** The probabilities, in the bank's order. */
  public List<String> probabilities() {
    return result.tags().stream()
        .map(tag -> String.format(Locale.ROOT, "%.3f", tag.probability()))
        .collect(Collectors.toList());
  }
}
