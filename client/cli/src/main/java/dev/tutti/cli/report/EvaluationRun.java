package dev.tutti.cli.report;

import dev.tutti.client.BankInfo;
import dev.tutti.client.EvaluationEvent;
import dev.tutti.client.FamilyTag;
import dev.tutti.core.label.LabelVector;
import dev.tutti.core.metrics.Bootstrap;
import dev.tutti.core.metrics.EvaluationReport;
import dev.tutti.core.metrics.Headline;
import dev.tutti.core.metrics.TrivialLevels;
import dev.tutti.core.score.ScoredMatrices;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One evaluation as it is shown: its figures, beside trivial ones on the very same samples. */
public final class EvaluationRun {
  private static final double LEVEL = 0.95;

  /**
   * What to show.
   *
   * @param recipe the recipe's name
   * @param resamples of the bootstrap; zero for no intervals
   * @param solo whether single notes were evaluated
   */
  public record View(String recipe, long seed, int resamples, boolean solo) {}

  private final BankInfo bank;
  private final View view;
  private final Optional<HeldOutFigures> heldOut;
  private final TrivialLevels trivial;
  private final ScoredSamples samples;
  private final Optional<EvaluationFiles> files;
  private EvaluationEvent.Summary summary;
  private Map<Headline, Bootstrap.Interval> intervals = Map.of();
  private Optional<SoloReports> solo = Optional.empty();

  /**
   * A run; {@code files} are written as it goes on, and finished by {@link #finish}.
   *
   * @param heldOut what must stand beside figures on notes that are no test
   */
  public EvaluationRun(
      BankInfo bank, View view, Optional<HeldOutFigures> heldOut, Optional<EvaluationFiles> files) {
    this.bank = bank;
    this.view = view;
    this.heldOut = heldOut;
    this.trivial = new TrivialLevels(bank.families());
    this.samples = new ScoredSamples(bank.families());
    this.files = files;
  }

  /** The next event of the evaluation; what runs is shown by {@code progress}. */
  public void accept(EvaluationEvent event, ProgressBar progress) {
    if (event instanceof EvaluationEvent.Prediction prediction) {
      files.ifPresent(each -> each.add(prediction));
      if (!prediction.tags().isEmpty()) {
        add(LabelVector.of(bank.families(), prediction.truth()), prediction.tags());
      }
    } else if (event instanceof EvaluationEvent.Progress running) {
      progress.show(
          running.completed(), running.total(), running.elapsed(), note(running.metrics()));
    } else if (event instanceof EvaluationEvent.Summary last) {
      summary = last;
    }
  }

  private void add(LabelVector truth, List<FamilyTag> tags) {
    trivial.add(truth);
    if (view.solo || view.resamples > 0) {
      float[] row = new float[tags.size()];
      for (int i = 0; i < row.length; i++) {
        row[i] = tags.get(i).probability();
      }
      samples.add(truth, row);
    }
  }

  /** Works out what needs all samples, and writes the files. */
  public void finish() throws IOException {
    if (view.resamples > 0) {
      ScoredMatrices all = samples.matrices(bank.families());
      double[] thresholds = new double[bank.families().size()];
      for (int p = 0; p < thresholds.length; p++) {
        thresholds[p] = summary.thresholds().get(p);
      }
      intervals =
          new Bootstrap(view.resamples, LEVEL, view.seed)
              .intervals(all.truth(), all.scores(), all.scores().decide(thresholds));
    }
    if (view.solo) {
      solo = Optional.of(SoloReports.of(samples, bank.families()));
    }
    if (files.isPresent()) {
      files.get().finish(summary, toJson(), solo);
    }
  }

  /** The figures for people, after {@link #finish}. */
  public void print(PrintWriter out) {
    EvaluationReport report = summary.metrics();
    out.printf(
        Locale.ROOT,
        "%d samples in %.1f s (%.0f a second), bank %s %.12s, recipe %s, seed %d%n",
        report.samples(),
        seconds(),
        report.samples() / Math.max(1e-9, seconds()),
        summary.bank(),
        summary.bankDigest(),
        view.recipe,
        view.seed);
    if (summary.failed() > 0) {
      out.printf("%d more failed and are left out%n", summary.failed());
    }
    heldOut.ifPresent(test -> test.caveat().forEach(out::println));
    out.println();
    EvaluationText text = new EvaluationText(out);
    text.headlines(Headlines.of(report), intervals, beside());
    text.ranking(report);
    report.families().stream()
        .filter(family -> family.averagePrecision().value().isEmpty())
        .forEach(
            family ->
                out.printf(
                    "%s is left out of the mean average precision: %s%n",
                    family.family().label(), family.averagePrecision().undefinedReason()));
    out.println();
    text.decisions(report.families());
    out.println();
    text.scores(report.families());
    out.println();
    text.groups(report.groups(), bank.families());
    if (solo.isPresent()) {
      out.println();
      solo.get().tenWay().print(out);
      if (!solo.get().elevenWay().families().equals(solo.get().tenWay().families())) {
        out.println();
        solo.get().elevenWay().print(out);
      }
    }
  }

  /**
   * What stands beside the figures: the card's, where they are of mixtures too, and trivial ones.
   */
  private Map<String, Headlines> beside() {
    Map<String, Headlines> beside = new LinkedHashMap<>();
    heldOut
        .filter(test -> !view.solo)
        .ifPresent(test -> beside.put("held-out test", test.figures()));
    trivial
        .levels()
        .forEach((who, level) -> beside.put(key(who).replace('_', ' '), new Headlines(level)));
    return beside;
  }

  /** The figures for programs, after {@link #finish}. */
  public Map<String, Object> toJson() {
    Figures json =
        new Figures()
            .put("recipe", view.recipe)
            .put("seed", view.seed)
            .put("bank", summary.bank())
            .put("bank_digest", summary.bankDigest())
            .put("failed", summary.failed())
            .put("seconds", seconds());
    heldOut.ifPresent(
        test -> json.put("caveat", test.caveat().get(0)).put("held_out_test", test.toJson()));
    EvaluationJson.put(summary.metrics(), bank.families(), json);
    Map<String, Object> levels = new LinkedHashMap<>();
    trivial
        .levels()
        .forEach(
            (who, level) -> {
              Figures figures = new Figures();
              new Headlines(level).putInto(figures);
              levels.put(key(who), figures.toJson());
            });
    json.put("trivial_levels", levels);
    if (!intervals.isEmpty()) {
      json.put("intervals_95", Intervals.toJson(intervals));
    }
    solo.ifPresent(
        reports ->
            json.put("solo_accuracy", reports.tenWay().accuracy())
                .put("solo_accuracy_11_way", reports.elevenWay().accuracy())
                .put("solo", reports.tenWay().toJson())
                .put("solo_11_way", reports.elevenWay().toJson()));
    return json.toJson();
  }

  private static String key(TrivialLevels.Predictor who) {
    return who.name().toLowerCase(Locale.ROOT);
  }

  private double seconds() {
    return summary.elapsed().toMillis() / 1000.0;
  }

  private static String note(EvaluationReport running) {
    return "exact match "
        + Figures.text(running.exactMatchRatio())
        + "  Jaccard "
        + Figures.text(running.jaccardSamples())
        + "  mean AP "
        + Figures.text(running.meanAveragePrecision());
  }
}
