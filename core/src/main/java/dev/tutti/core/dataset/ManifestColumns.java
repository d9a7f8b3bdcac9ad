package dev.tutti.core.dataset;

import dev.tutti.core.label.InstrumentFamily;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which columns of a manifest are the path, the family, the pitch and the velocity: by the names in
 * its first row, or, where that names none, by their order. Of a name only letters and digits
 * count, and capitals are small: {@code File Name}, {@code file_name} and {@code fileName} are one.
 * Where several columns would do, the one whose name comes first below is taken.
 */
final class ManifestColumns {
  private static final List<String> PATH =
      List.of(
          "path",
          "filepath",
          "audiopath",
          "audiofilepath",
          "file",
          "filename",
          "audiofile",
          "audiofilename",
          "fname",
          "audio",
          "wav");

  /** A number in NSynth's tables, which have the name beside it. */
  private static final String NSYNTH_FAMILY = "instrumentfamily";

  private static final List<String> FAMILY =
      List.of("family", "instrumentfamilystr", NSYNTH_FAMILY, "label", "class", "category");

  private static final List<String> PITCH = List.of("pitch", "midipitch", "midinote", "notenumber");
  private static final List<String> VELOCITY = List.of("velocity", "midivelocity");

  private final int path;
  private final int family;
  private final int pitch;
  private final int velocity;
  private final int named;
  private final boolean familyNumbers;

  private ManifestColumns(List<Integer> columns, int named, boolean familyNumbers) {
    this.path = columns.get(0);
    this.family = columns.get(1);
    this.pitch = columns.get(2);
    this.velocity = columns.get(3);
    this.named = named;
    this.familyNumbers = familyNumbers;
  }

  /** The columns {@code path,family[,pitch[,velocity]]}. */
  static ManifestColumns inOrder() {
    return new ManifestColumns(List.of(0, 1, 2, 3), -1, false);
  }

  /**
   * The columns that a header names.
   *
   * @throws IllegalArgumentException with what is wrong, where path or family is not named, or any
   *     twice
   */
  static ManifestColumns named(List<String> header) {
    Map<String, Integer> columns = new HashMap<>();
    for (int i = 0; i < header.size(); i++) {
      String name = plain(header.get(i));
      if (columns.putIfAbsent(name, i) != null && isKnown(name)) {
        throw new IllegalArgumentException(
            "two columns are named '%s'".formatted(header.get(i).strip()));
      }
    }
    List<Integer> found = new ArrayList<>();
    for (List<String> names : List.of(PATH, FAMILY, PITCH, VELOCITY)) {
      found.add(
          names.stream().filter(columns::containsKey).map(columns::get).findFirst().orElse(-1));
    }
    if (found.get(0) < 0 || found.get(1) < 0) {
      boolean noPath = found.get(0) < 0;
      throw new IllegalArgumentException(
          "no column is named as the %s; accepted are %s"
              .formatted(noPath ? "path" : "family", String.join(", ", noPath ? PATH : FAMILY)));
    }
    boolean numbers = found.get(1).equals(columns.get(NSYNTH_FAMILY));
    return new ManifestColumns(found, header.size(), numbers);
  }

  /** Whether a first row is a header: it names a column, and is not itself a note. */
  static boolean isHeader(List<String> row) {
    return !isNote(row) && row.stream().map(ManifestColumns::plain).anyMatch(n -> isKnown(n));
  }

  /** How much a first row looks like one, if it was split at the right separator. */
  static int fitness(List<String> row) {
    long known = row.stream().map(ManifestColumns::plain).filter(n -> isKnown(n)).count();
    if (isNote(row)) {
      return Integer.MAX_VALUE;
    }
    return (int) known * 1000 + Math.min(row.size(), 2);
  }

  private static boolean isNote(List<String> row) {
    return row.size() > 1 && InstrumentFamily.ofLabel(row.get(1)).isPresent();
  }

  private static boolean isKnown(String name) {
    return List.of(PATH, FAMILY, PITCH, VELOCITY).stream().anyMatch(list -> list.contains(name));
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
  }

  String path(List<String> row) {
    return field(row, path);
  }

  String family(List<String> row) {
    return field(row, family);
  }

  String pitch(List<String> row) {
    return field(row, pitch);
  }

  String velocity(List<String> row) {
    return field(row, velocity);
  }

  /** Whether the family may be given as NSynth's number. */
  boolean familyNumbers() {
    return familyNumbers;
  }

  /**
   * Empty where the row ends before. R writes row names in a first column that it does not name.
   */
  private String field(List<String> row, int column) {
    boolean rowNames =
        row.size() == named + 1 && InstrumentFamily.ofLabel(row.get(family)).isEmpty();
    int at = rowNames ? column + 1 : column;
    return column < 0 || at >= row.size() ? "" : row.get(at);
  }
}
