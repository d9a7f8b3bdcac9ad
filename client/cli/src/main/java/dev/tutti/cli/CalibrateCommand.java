package dev.tutti.cli;

import dev.tutti.cli.input.ScoredFiles;
import dev.tutti.cli.report.SklearnFigures;
import dev.tutti.core.calibration.Calibration;
import dev.tutti.core.calibration.CalibrationEffect;
import dev.tutti.core.calibration.IsotonicCalibration;
import dev.tutti.core.calibration.LabelCases;
import dev.tutti.core.calibration.PlattScaling;
import dev.tutti.core.file.OutputPath;
import dev.tutti.core.json.Json;
import dev.tutti.core.npy.NpyWriter;
import dev.tutti.core.score.RankedCuts;
import dev.tutti.core.score.ScoreMatrix;
import dev.tutti.core.score.ScoredMatrices;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code tutti calibrate}. */
@Command(
    name = "calibrate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Fits probabilities to truths, label by label, and says what that does to other samples:",
      "Brier score and expected calibration error before and after. Needs no server.",
      "Without --test-truth and --test-scores, a random half of the samples is kept for that."
    })
final class CalibrateCommand extends ScoredVerb {
  /** The ways. */
  enum Method {
    platt,
    isotonic
  }

  @Option(
      names = "--method",
      defaultValue = "platt",
      description = {
        "platt: a logistic curve on log odds. isotonic: any steps that never fall. Default: ${DEFAULT-VALUE}"
      })
  private Method method;

  @Option(
      names = "--test-truth",
      paramLabel = "T.npy",
      description = "Truths of the samples to measure on.")
  private Path testTruth;

  @Option(
      names = "--test-scores",
      paramLabel = "S.npy",
      description = "Scores of the samples to measure on.")
  private Path testScores;

  @Option(names = "--seed", defaultValue = "1", description = "Seed of the halves. Default: 1")
  private long seed;

  @Option(
      names = "--bins",
      defaultValue = "10",
      paramLabel = "N",
      description = "Bins of the expected calibration error. Default: ${DEFAULT-VALUE}")
  private int bins;

  @Option(
      names = "--out",
      paramLabel = "X.npy",
      description =
          "Write the calibrated scores of the test samples, or of all where none are given.")
  private Path out;

  @Override
  void check() throws IOException {
    if ((testTruth == null) != (testScores == null)) {
      throw wrong("--test-truth and --test-scores go together: give both or neither.");
    }
    if (bins < 1) {
      throw wrong("--bins", bins, "1 or more");
    }
    if (out != null) {
      OutputPath.checkFile(out);
    }
  }

  @Override
  Map<String, Object> figures(ScoredMatrices all) throws IOException {
    List<Integer> order = new ArrayList<>(IntStream.range(0, all.truth().rows()).boxed().toList());
    Collections.shuffle(order, new Random(seed));
    boolean halves = testTruth == null;
    ScoredMatrices fitted = halves ? all.select(half(order, 0)) : all;
    ScoredMatrices tested =
        halves ? all.select(half(order, 1)) : ScoredFiles.read(testTruth, testScores);
    if (tested.truth().labels() != fitted.truth().labels()) {
      throw new IOException(
          "%s has %d labels where the samples to fit have %d"
              .formatted(testTruth, tested.truth().labels(), fitted.truth().labels()));
    }
    List<Optional<Calibration>> calibrations =
        IntStream.range(0, fitted.truth().labels()).mapToObj(l -> fit(fitted, l)).toList();
    if (out != null) {
      write(calibrations, halves ? all.scores() : tested.scores());
    }
    return answer(calibrations, fitted, tested);
  }

  /** Every second of the samples. */
  private static int[] half(List<Integer> order, int first) {
    return IntStream.range(0, order.size())
        .filter(i -> i % 2 == first)
        .map(order::get)
        .sorted()
        .toArray();
  }

  private Optional<Calibration> fit(ScoredMatrices files, int label) {
    RankedCuts cuts = RankedCuts.ofLabel(files.truth(), files.scores(), label);
    if (cuts.positives() == 0 || cuts.negatives() == 0) {
      return Optional.empty();
    }
    LabelCases cases = new LabelCases(cuts);
    return Optional.of(
        method == Method.platt ? PlattScaling.fit(cases) : IsotonicCalibration.fit(cases));
  }

  private Map<String, Object> answer(
      List<Optional<Calibration>> calibrations, ScoredMatrices fitted, ScoredMatrices tested) {
    Map<String, Object> answer =
        Json.object(
            "method", method.name(),
            "fitted_samples", fitted.truth().rows(),
            "tested_samples", tested.truth().rows());
    List<String> names = List.of("brier_before", "brier_after", "ece_before", "ece_after");
    List<List<Object>> columns = new ArrayList<>();
    names.forEach(
        name -> {
          List<Object> column = new ArrayList<>();
          columns.add(column);
          answer.put(name, column);
        });
    for (int label = 0; label < calibrations.size(); label++) {
      List<Object> row = Collections.nCopies(names.size(), (Object) UNFITTED);
      if (calibrations.get(label).isPresent()) {
        row = row(calibrations.get(label).get(), tested, label);
      }
      for (int i = 0; i < row.size(); i++) {
        columns.get(i).add(row.get(i));
      }
    }
    if (method == Method.platt) {
      answer.put("slope", parameters(calibrations, true));
      answer.put("intercept", parameters(calibrations, false));
    }
    return answer;
  }

  private static final String UNFITTED =
      "undefined: the samples to fit all have the label, or all lack it";

  private List<Object> row(Calibration calibration, ScoredMatrices tested, int label) {
    CalibrationEffect effect =
        CalibrationEffect.of(calibration, tested.truth(), tested.scores(), label, bins);
    return List.of(
        SklearnFigures.value(effect.brierBefore()),
        SklearnFigures.value(effect.brierAfter()),
        SklearnFigures.value(effect.calibrationErrorBefore()),
        SklearnFigures.value(effect.calibrationErrorAfter()));
  }

  private static List<Object> parameters(List<Optional<Calibration>> fitted, boolean slope) {
    List<Object> values = new ArrayList<>();
    for (Optional<Calibration> calibration : fitted) {
      boolean platt = calibration.isPresent() && calibration.get() instanceof PlattScaling;
      PlattScaling scaling = platt ? (PlattScaling) calibration.get() : null;
      values.add(scaling == null ? null : slope ? scaling.slope() : scaling.intercept());
    }
    return values;
  }

  /** A label that could not be fitted keeps its scores. */
  private void write(List<Optional<Calibration>> calibrations, ScoreMatrix scores)
      throws IOException {
    double[] values = new double[scores.rows() * scores.labels()];
    Arrays.setAll(
        values,
        i -> {
          double score = scores.get(i / scores.labels(), i % scores.labels());
          return calibrations.get(i % scores.labels()).map(c -> c.calibrate(score)).orElse(score);
        });
    NpyWriter.write(out, values, scores.rows(), scores.labels());
  }
}
