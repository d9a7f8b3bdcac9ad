package dev.tutti.core.mixture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tutti.core.golden.GoldenFiles;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Normal numbers as numpy's RandomState gives them. */
class NumpyRandomTest {
  private static final int COUNT = 64_000;

  @TestFactory
  Stream<DynamicTest> randnOfEverySeed() {
    return GoldenFiles.list(GoldenFiles.json("librosa/randn.json").get("cases")).stream()
        .map(c -> DynamicTest.dynamicTest("seed " + c.get("seed"), () -> check(c)));
  }

  private static void check(JsonNode c) {
    NumpyRandom random = new NumpyRandom((int) c.get("seed").asLong());
    double sum = 0;
    double last = 0;
    for (int i = 0; i < COUNT; i++) {
      last = random.nextNormal();
      sum += last;
      if (i < c.get("first10").size()) {
        double expected = c.get("first10").get(i).asDouble();
        assertEquals(expected, last, Math.ulp(expected));
      }
    }
    double expected = c.get("last_of_64000").asDouble();
    assertEquals(expected, last, Math.ulp(expected));
    // numpy adds pairwise.
    assertEquals(c.get("sum_of_64000").asDouble(), sum, 1e-9);
  }
}
