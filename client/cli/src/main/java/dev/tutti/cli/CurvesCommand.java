package dev.tutti.cli;

import dev.tutti.cli.report.LabelCurve;
import dev.tutti.core.csv.CsvWriter;
import dev.tutti.core.file.OutputPath;
import dev.tutti.core.json.Json;
import dev.tutti.core.score.ScoredMatrices;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code tutti curves}. */
@Command(
    name = "curves",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "The curves of scores against truths, label by label, as numbers. Needs no server.",
      "Columns: pr: threshold (found is what scores at least that much), precision, recall.",
      "roc: threshold (likewise), false_positive_rate, true_positive_rate. reliability: from, to,",
      "cases, mean_probability, share_present. accuracy: threshold (present is what scores above,",
      "up to the next threshold), accuracy; with it the best accuracy of each label."
    })
final class CurvesCommand extends ScoredVerb {
  @Option(
      names = "--kind",
      required = true,
      description = "${COMPLETION-CANDIDATES}: which curves.")
  private LabelCurve.Kind kind;

  @Option(
      names = "--bins",
      defaultValue = "10",
      paramLabel = "N",
      description = "reliability: of equal width over 0 to 1. Default: ${DEFAULT-VALUE}")
  private int bins;

  @Option(
      names = "--out",
      paramLabel = "X.csv",
      description = "Write the curves as CSV, a row a point, rather than with the answer.")
  private Path out;

  @Override
  void check() throws IOException {
    if (bins < 1) {
      throw wrong("--bins", bins, "1 or more");
    }
    if (out != null) {
      OutputPath.checkFile(out);
    }
  }

  @Override
  Map<String, Object> figures(ScoredMatrices matrices) throws IOException {
    List<LabelCurve> curves =
        IntStream.range(0, matrices.truth().labels())
            .mapToObj(label -> kind.of(matrices, label, bins))
            .toList();
    Map<String, Object> answer = Json.object("kind", kind.name());
    for (String name : curves.get(0).summary().keySet()) {
      List<Object> values = new ArrayList<>();
      curves.forEach(curve -> values.add(curve.summary().get(name)));
      answer.put(name, values);
    }
    if (out == null) {
      answer.put("curves", curves.stream().map(LabelCurve::toJson).toList());
    } else {
      write(curves);
    }
    return answer;
  }

  private void write(List<LabelCurve> curves) throws IOException {
    try (CsvWriter file = new CsvWriter(out)) {
      file.row(row("label", kind.names().toArray()));
      for (int label = 0; label < curves.size(); label++) {
        for (Object[] point : curves.get(label).points()) {
          file.row(row(label, point));
        }
      }
    }
  }

  private static List<Object> row(Object label, Object[] rest) {
    List<Object> row = new ArrayList<>(List.of(label));
    row.addAll(Arrays.asList(rest));
    return row;
  }
}
