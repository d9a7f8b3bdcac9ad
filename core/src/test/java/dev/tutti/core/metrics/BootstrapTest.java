package dev.tutti.core.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.core.score.LabelMatrix;
import dev.tutti.core.score.ScoreMatrix;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BootstrapTest {
  private static final int ROWS = 400;

  private static Map<Headline, Bootstrap.Interval> intervals(int rows, long seed) {
    Random random = new Random(3);
    byte[] truth = new byte[rows * 2];
    double[] scores = new double[truth.length];
    for (int i = 0; i < truth.length; i++) {
      truth[i] = (byte) random.nextInt(2);
      scores[i] = (truth[i] + random.nextDouble()) / 2;
    }
    ScoreMatrix matrix = ScoreMatrix.of(rows, 2, scores);
    return new Bootstrap(300, 0.95, seed)
        .intervals(LabelMatrix.of(rows, 2, truth), matrix, matrix.decide(0.4));
  }

  @Test
  void theIntervalOfAShareHasTheWidthOfTheBinomial() {
    Bootstrap.Interval interval = intervals(ROWS, 1).get(Headline.EXACT_MATCH_RATIO);
    double p = interval.figure().value().orElseThrow();
    double expected = 2 * 1.96 * Math.sqrt(p * (1 - p) / ROWS);
    double low = interval.low().value().orElseThrow();
    double high = interval.high().value().orElseThrow();
    assertTrue(low < p && p < high, interval.toString());
    assertEquals(expected, high - low, 0.25 * expected);
  }

  @Test
  void everyHeadlineHasAnIntervalAndTheSeedDecides() {
    Map<Headline, Bootstrap.Interval> first = intervals(ROWS, 1);
    assertEquals(Headline.values().length, first.size());
    assertEquals(first, intervals(ROWS, 1));
    assertNotEquals(first, intervals(ROWS, 2));
    first
        .values()
        .forEach(
            each -> {
              double figure = each.figure().value().orElseThrow();
              assertTrue(each.low().value().orElseThrow() <= figure, each.toString());
              assertTrue(each.high().value().orElseThrow() >= figure, each.toString());
            });
  }

  @Test
  void withoutSamplesThereIsAReason() {
    intervals(0, 1)
        .values()
        .forEach(each -> assertEquals("no resample defines it", each.low().undefinedReason()));
    assertThrows(IllegalArgumentException.class, () -> new Bootstrap(0, 0.95, 1));
    assertThrows(IllegalArgumentException.class, () -> new Bootstrap(10, 1, 1));
  }
}
