package dev.tutti.e2e;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tutti.v1.DataType;
import dev.tutti.v1.EvaluateConfig;
import dev.tutti.v1.EvaluationMetrics;
import dev.tutti.v1.EvaluationOptions;
import dev.tutti.v1.FamilyMetrics;
import dev.tutti.v1.FamilyThreshold;
import dev.tutti.v1.GroupMetrics;
import dev.tutti.v1.LabeledSample;
import dev.tutti.v1.NoteMixture;
import dev.tutti.v1.SamplePrediction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * NSynth records to decibels to overlays to ten models to thresholds to metrics, through the
 * gateway, against librosa, Keras and scikit-learn.
 */
class GoldenEvaluationTest {
  private static final double PROBABILITY_TOLERANCE = 2e-5;
  private static final double METRIC_TOLERANCE = 1e-9;

  @TempDir static Path folder;
  private static GatewayProcess gateway;
  private static JsonNode golden;
  private static List<String> families;

  @BeforeAll
  static void start() throws Exception {
    golden = new ObjectMapper().readTree(Distribution.golden("e2e/e2e.json").toFile());
    families = new ArrayList<>();
    golden.get("families").forEach(family -> families.add(family.asText()));
    gateway =
        GatewayProcess.start(
            folder,
            "--models",
            Distribution.golden("models").toString(),
            "--dataset",
            "golden=" + Distribution.golden("e2e/nsynth-valid.tfrecord"));
  }

  @AfterAll
  static void stop() throws Exception {
    if (gateway != null) {
      gateway.close();
    }
  }

  @Test
  void atTheFilesThresholds() throws Exception {
    evaluateAndCompare("at_thresholds", golden.get("thresholds"));
  }

  @Test
  void atOneHalf() throws Exception {
    JsonNode halves = new ObjectMapper().valueToTree(families.stream().map(f -> 0.5).toList());
    evaluateAndCompare("at_0.5", halves);
  }

  private static void evaluateAndCompare(String expectation, JsonNode thresholds) throws Exception {
    EvaluationOptions.Builder options = EvaluationOptions.newBuilder();
    for (int i = 0; i < families.size(); i++) {
      options.addThresholds(
          FamilyThreshold.newBuilder()
              .setFamily(Inputs.family(families.get(i)))
              .setThreshold(thresholds.get(i).asDouble()));
    }
    EvaluateConfig config =
        EvaluateConfig.newBuilder().setOptions(options).setDataset("golden").build();
    EvaluateStream stream = EvaluateStream.run(gateway.channel(), config, samples());
    EvaluationMetrics metrics = stream.summary().getMetrics();

    comparePredictions(stream.predictions(), thresholds);
    compareMetrics(metrics, golden.get(expectation));
  }

  private static List<LabeledSample> samples() throws IOException {
    List<LabeledSample> samples = new ArrayList<>();
    for (int i = 0; i < golden.get("samples").size(); i++) {
      LabeledSample.Builder sample = LabeledSample.newBuilder().setId("golden-" + i);
      for (int f = 0; f < families.size(); f++) {
        if (golden.get("y_true").get(i).get(f).asInt() == 1) {
          sample.addFamilies(Inputs.family(families.get(f)));
        }
      }
      JsonNode notes = golden.get("samples").get(i).get("mix_of_notes");
      if (notes.isEmpty()) {
        sample.setAudio(
            Inputs.pcm(
                Npy.values(Distribution.golden("e2e/randn_f64_seed1_4s.audio.npy")),
                DataType.DATA_TYPE_FLOAT64));
      } else {
        NoteMixture.Builder mixture = NoteMixture.newBuilder();
        notes.forEach(note -> mixture.addNoteIds(note.asText()));
        sample.setMixture(mixture);
      }
      samples.add(sample.build());
    }
    return samples;
  }

  private static void comparePredictions(List<SamplePrediction> predictions, JsonNode thresholds) {
    assertEquals(golden.get("samples").size(), predictions.size());
    for (int i = 0; i < predictions.size(); i++) {
      SamplePrediction prediction = predictions.get(i);
      assertEquals(i, prediction.getIndex());
      for (int f = 0; f < families.size(); f++) {
        double expected = golden.get("probabilities").get(i).get(f).asDouble();
        String where = "sample " + i + ", " + families.get(f);
        var answer = prediction.getPredictions(f);
        assertEquals(expected, answer.getProbability(), PROBABILITY_TOLERANCE, where);
        assertEquals(expected > thresholds.get(f).asDouble(), answer.getPresent(), where);
      }
    }
  }

  private static void compareMetrics(EvaluationMetrics metrics, JsonNode expected) {
    JsonNode zeroDivision = expected.get("zero_division_0");
    JsonNode scores = golden.get("scores_metrics");
    assertAll(
        () -> equal(value(expected, "emr_accuracy_score"), metrics.getExactMatchRatio()),
        () -> equal(value(zeroDivision, "jaccard_samples"), metrics.getJaccardSamples()),
        () -> equal(expected.get("bit_accuracy").asDouble(), metrics.getBitAccuracy()),
        () -> equal(value(scores, "average_precision_macro"), metrics.getMeanAveragePrecision()));
    for (int f = 0; f < families.size(); f++) {
      FamilyMetrics family = metrics.getFamilies(f);
      JsonNode confusion =
          expected.get("multilabel_confusion_[[tn,fp],[fn,tp]]").get("value").get(f);
      assertEquals(Inputs.family(families.get(f)), family.getFamily());
      assertEquals(
          List.of(
              confusion.get(0).get(0).asLong(),
              confusion.get(0).get(1).asLong(),
              confusion.get(1).get(0).asLong(),
              confusion.get(1).get(1).asLong()),
          List.of(
              family.getConfusion().getTrueNegatives(),
              family.getConfusion().getFalsePositives(),
              family.getConfusion().getFalseNegatives(),
              family.getConfusion().getTruePositives()));
      equal(expected.get("per_label_accuracy").get(f).asDouble(), family.getAccuracy());
      equal(
          scores.get("average_precision_per_label").get("value").get(f).asDouble(),
          family.getAveragePrecision());
    }
    for (GroupMetrics group : metrics.getGroupsList()) {
      JsonNode row = expected.get("by_true_cardinality").get(String.valueOf(group.getSize()));
      assertEquals(row.get("n").asLong(), group.getSamples());
      equal(row.get("emr").asDouble(), group.getExactMatchRatio());
      equal(row.get("bit_accuracy").asDouble(), group.getBitAccuracy());
    }
    assertEquals(expected.get("by_true_cardinality").size(), metrics.getGroupsCount());
  }

  private static double value(JsonNode parent, String name) {
    return parent.get(name).get("value").asDouble();
  }

  private static void equal(double expected, dev.tutti.v1.Metric actual) {
    assertEquals(expected, actual.getValue(), METRIC_TOLERANCE);
  }
}
