package dev.tutti.core.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.metrics.Metric;
import java.util.List;

/** Compares figures with what another library said. */
public final class Figures {
  private static final double TOLERANCE = 1e-9;

  private Figures() {}

  /** A refusal or NaN must meet an undefined figure with a reason. */
  public static void same(String what, JsonNode expected, Metric actual) {
    JsonNode value =
        expected.isObject() && expected.has("value") ? expected.get("value") : expected;
    if (value.isNumber()) {
      assertEquals(value.asDouble(), actual.value().orElse(Double.NaN), TOLERANCE, what);
    } else {
      assertTrue(actual.value().isEmpty(), what + " is refused: " + expected);
      assertTrue(!actual.undefinedReason().isBlank(), what);
    }
  }

  /** As {@link #same(String, JsonNode, Metric)} for a list; one refusal stands for all. */
  public static void same(String what, JsonNode expected, List<Metric> actual) {
    JsonNode values =
        expected.isObject() && expected.has("value") ? expected.get("value") : expected;
    for (int i = 0; i < actual.size(); i++) {
      same(what + " " + i, values.isArray() ? values.get(i) : expected, actual.get(i));
    }
  }

  public static void same(String what, JsonNode expected, double[] actual) {
    assertEquals(expected.size(), actual.length, what);
    for (int i = 0; i < actual.length; i++) {
      assertEquals(expected.get(i).asDouble(), actual[i], TOLERANCE, what + " " + i);
    }
  }
}
