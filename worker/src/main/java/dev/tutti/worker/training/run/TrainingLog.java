package dev.tutti.worker.training.run;

import dev.tutti.worker.training.validation.Validation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** A line of JSON for every evaluation. */
final class TrainingLog {
  private final Path file;

  TrainingLog(Path file) {
    this.file = file;
  }

  /**
   * A line.
   *
   * @param loss the mean cross-entropy since the line before
   */
  public record Line(
      String stage,
      long mixtures,
      double seconds,
      double loss,
      double rate,
      Validation.Scores overlay,
      Validation.Scores wave) {
    String json() {
      return String.format(
          Locale.ROOT,
          "{\"stage\":\"%s\",\"mixtures\":%d,\"seconds\":%.1f,\"loss\":%.5f,\"rate\":%.6f,"
              + "\"map\":%.5f,\"within_k_auc\":%.5f,\"solo_accuracy\":%.5f,"
              + "\"wave_map\":%.5f,\"wave_within_k_auc\":%.5f}%n",
          stage,
          mixtures,
          seconds,
          loss,
          rate,
          overlay.meanAveragePrecision(),
          overlay.withinKAuc(),
          overlay.soloAccuracy(),
          wave.meanAveragePrecision(),
          wave.withinKAuc());
    }
  }

  void add(Line line) throws IOException {
    Files.writeString(file, line.json(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
