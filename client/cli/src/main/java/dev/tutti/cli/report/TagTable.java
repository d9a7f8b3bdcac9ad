package dev.tutti.cli.report;

import dev.tutti.cli.classify.ClassifiedFile;
import dev.tutti.cli.classify.FileTags;
import dev.tutti.client.BankInfo;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Answers as a table whose rows appear as they come. Widths are therefore settled beforehand, and
 * what has no width, the decision and its notes, stands last.
 */
public final class TagTable implements ClassifyAnswers {
  private static final int PROBABILITY_WIDTH = "0.000".length();

  private final PrintWriter out;
  private final List<ClassifiedFile> files;
  private final Map<Path, String> names;
  private int width = "file".length();
  private BankInfo bank;
  private boolean begun;

  /** A table of files; their names settle its widths. */
  public TagTable(Collection<ClassifiedFile> files, PrintWriter out) {
    this.out = out;
    this.files = List.copyOf(files);
    this.names = names(files);
  }

  /** Names alone where they tell the files apart, else paths. */
  private static Map<Path, String> names(Collection<ClassifiedFile> files) {
    Map<Path, String> names = new HashMap<>();
    Map<String, Path> owners = new HashMap<>();
    Set<String> shared = new HashSet<>();
    for (ClassifiedFile each : files) {
      String name = name(each.file());
      Path owner = owners.putIfAbsent(name, each.file());
      if (owner != null && !owner.equals(each.file())) {
        shared.add(name);
      }
    }
    for (ClassifiedFile each : files) {
      String name = name(each.file());
      names.put(each.file(), shared.contains(name) ? each.file().toString() : name);
    }
    return names;
  }

  private static String name(Path file) {
    return file.getFileName() == null ? file.toString() : file.getFileName().toString();
  }

  @Override
  public void bank(BankInfo asked) {
    bank = asked;
    double window = (double) bank.windowSamples() / bank.sampleRate();
    for (ClassifiedFile file : files) {
      if (!file.refused()) {
        double seconds = file.seconds().orElse(0);
        // A file of one window is not told which part it is.
        int span = seconds > window ? 1 + FileTags.span(seconds, seconds).length() : 0;
        width = Math.max(width, names.get(file.file()).length() + span);
      }
    }
  }

  @Override
  public void answer(FileTags tags) {
    if (!begun) {
      begun = true;
      List<String> header = new ArrayList<>();
      bank.families().forEach(family -> header.add(family.label()));
      row("file", header, "decision");
    }
    row(tags.title(names.get(tags.file())), tags.probabilities(), tags.decision());
  }

  private void row(String title, List<String> cells, String decision) {
    StringBuilder line = new StringBuilder(padded(title, width));
    for (int i = 0; i < cells.size(); i++) {
      int cell = Math.max(PROBABILITY_WIDTH, bank.families().get(i).label().length());
      line.append("  ").append(" ".repeat(cell - cells.get(i).length())).append(cells.get(i));
    }
    out.println(line.append("  ").append(decision));
    out.flush();
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }

  @Override
  public void failed(Path file, String fault) {
    // The table has no row for it; the command says it.
  }

  @Override
  public void end() {
    out.flush();
  }
}
