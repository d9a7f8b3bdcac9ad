package dev.tutti.core.golden;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.score.LabelMatrix;
import dev.tutti.core.score.ScoreMatrix;
import java.util.List;

/** One case that scikit-learn has judged. */
public record SklearnCase(String name, JsonNode json, LabelMatrix truth, ScoreMatrix scores) {
  public static List<SklearnCase> all() {
    return GoldenFiles.list(GoldenFiles.json("sklearn/index.json").get("cases")).stream()
        .map(name -> read(name.asText()))
        .toList();
  }

  private static SklearnCase read(String name) {
    JsonNode json = GoldenFiles.json("sklearn/" + name + ".json");
    int rows = json.get("n").asInt();
    int labels = json.get("labels").size();
    double[] present = GoldenFiles.doubles(json.get("y_true").get("file").asText());
    byte[] truth = new byte[present.length];
    for (int i = 0; i < truth.length; i++) {
      truth[i] = (byte) present[i];
    }
    double[] scores = GoldenFiles.doubles(json.get("scores").get("file").asText());
    return new SklearnCase(
        name, json, LabelMatrix.of(rows, labels, truth), ScoreMatrix.of(rows, labels, scores));
  }

  /** The thresholds of {@code at_0.5} or {@code at_thresholds}. */
  public double[] thresholds(String at) {
    return at.equals("at_0.5")
        ? new double[] {0.5}
        : GoldenFiles.list(json.get("thresholds")).stream()
            .mapToDouble(JsonNode::asDouble)
            .toArray();
  }

  @Override
  public String toString() {
    return name;
  }
}
