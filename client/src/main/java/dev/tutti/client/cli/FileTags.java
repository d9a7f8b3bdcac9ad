package dev.tutti.client.cli;

import dev.tutti.client.BankInfo;
import dev.tutti.client.ClassifyResult;
import dev.tutti.client.FamilyTag;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The answer for one window of a file.
 *
 * @param oneOfSeveral whether the file is longer than a window
 */
record FileTags(
    Path file,
    boolean oneOfSeveral,
    double startSeconds,
    double endSeconds,
    ClassifyResult result) {

  static void print(List<FileTags> answers, BankInfo bank, PrintWriter out) {
    List<String> header = new ArrayList<>(List.of("file"));
    bank.families().forEach(family -> header.add(family.label()));
    header.add("decision");
    TextTable table = new TextTable(header);
    for (FileTags answer : answers) {
      List<String> row = new ArrayList<>(List.of(answer.title()));
      for (FamilyTag tag : answer.result.tags()) {
        row.add(String.format(Locale.ROOT, "%.3f", tag.probability()));
      }
      row.add(answer.decision());
      table.add(row);
    }
    table.print(out);
  }

  static Object toJson(List<FileTags> answers, BankInfo bank) {
    return Json.object(
        "bank", bank.name(),
        "bank_digest", bank.digest(),
        "answers", answers.stream().map(FileTags::toJson).toList());
  }

  private Map<String, Object> toJson() {
    Map<String, Object> families = new LinkedHashMap<>();
    for (FamilyTag tag : result.tags()) {
      families.put(
          tag.family().label(),
          Json.object(
              "probability", tag.probability(),
              "threshold", tag.threshold(),
              "present", tag.present()));
    }
    return Json.object(
        "file", file.toString(),
        "start_seconds", startSeconds,
        "end_seconds", endSeconds,
        "families", families,
        "present",
            result.tags().stream()
                .filter(FamilyTag::present)
                .map(tag -> tag.family().label())
                .toList());
  }

  private String title() {
    String name = file.getFileName().toString();
    return oneOfSeveral
        ? String.format(Locale.ROOT, "%s %.1f-%.1f s", name, startSeconds, endSeconds)
        : name;
  }

  private String decision() {
    String present =
        result.tags().stream()
            .filter(FamilyTag::present)
            .map(tag -> tag.family().label())
            .collect(Collectors.joining("+"));
    return present.isEmpty() ? "none" : present;
  }
}
