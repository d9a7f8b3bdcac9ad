package dev.tutti.server.evaluate;

import dev.tutti.core.metrics.EvaluationReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Remembers what an evaluation brought, in order. */
final class RecordingListener implements EvaluationListener {
  /** Such as {@code sample 0}, {@code progress 2/10}, {@code summary}, {@code failure}. */
  final List<String> events = new ArrayList<>();

  final List<ScoredSample> samples = new ArrayList<>();
  final List<EvaluationReport> running = new ArrayList<>();
  Optional<EvaluationReport> summary = Optional.empty();
  Optional<Throwable> failure = Optional.empty();
  long failed;
  Duration elapsed = Duration.ZERO;
  int rooms;

  @Override
  public void onSample(ScoredSample sample) {
    events.add("sample " + sample.index());
    samples.add(sample);
  }

  @Override
  public void onProgress(
      long completed, long total, long failedSoFar, EvaluationReport report, Duration time) {
    events.add("progress " + completed + "/" + total);
    running.add(report);
  }

  @Override
  public void onSummary(
      EvaluationReport report, long failedInAll, Instant start, Duration duration) {
    events.add("summary");
    summary = Optional.of(report);
    failed = failedInAll;
    elapsed = duration;
  }

  @Override
  public void onFailure(Throwable problem) {
    events.add("failure");
    failure = Optional.of(problem);
  }

  @Override
  public void onRoom() {
    rooms++;
  }
}
