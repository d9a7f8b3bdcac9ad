package dev.tutti.client.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The marks of all three axes. */
class TickTest {
  @Test
  void stepsAreRound() {
    assertEquals(List.of("-0.4", "-0.2", "0.0", "0.2"), texts(Tick.linear(-0.5, 0.3, 0.2)));
    assertEquals(List.of("-80", "-60"), texts(Tick.linear(-80, -59, 20)));
    assertEquals(List.of("0"), texts(Tick.linear(0, 0, 5)));
    assertEquals(0.5, Tick.step(0.3), 1e-12);
    assertEquals(1000, Tick.step(1000), 1e-9);
    assertEquals(10, Tick.step(5.1), 1e-12);
  }

  @Test
  void frequenciesAreOneTwoAndFive() {
    assertEquals(List.of("50", "100", "200", "500", "1000"), texts(Tick.logarithmic(31.25, 1000)));
    assertEquals(List.of("0.5", "1", "2"), texts(Tick.logarithmic(0.3, 4)));
    assertEquals(List.of("1500", "2000"), texts(Tick.logarithmic(1200, 2400)));
  }

  @Property
  void timesDoNotOverlap(
      @ForAll @IntRange(min = 1, max = 100_000) int frames,
      @ForAll @IntRange(min = 1, max = 1_000_000) int hop) {
    TimeAxis axis = new TimeAxis(frames, hop / 16_000.0);
    double end = Double.NEGATIVE_INFINITY;
    for (Tick tick : axis.ticks()) {
      double middle = axis.place(tick.value()) * SpectrogramPicture.PLOT_WIDTH;
      double half = tick.text().length() * Canvas.LETTER_WIDTH / 2.0;
      assertTrue(middle - half >= end, axis + " at " + tick);
      end = middle + half;
    }
    assertEquals("0", axis.ticks().get(0).text().replaceFirst("\\.0+$", ""));
  }

  @Property
  void frequenciesDoNotOverlap(
      @ForAll @DoubleRange(min = 0, max = 96_000) double low,
      @ForAll @DoubleRange(min = 10, max = 96_000) double range) {
    FrequencyAxis axis = FrequencyAxis.of(new double[] {low, low + range}, "Hz");
    checkHeights(axis.ticks(), axis.ticks().stream().map(t -> axis.height(t.value())).toList());
  }

  @Property
  void levelsDoNotOverlap(
      @ForAll @DoubleRange(min = -200, max = 200) double low,
      @ForAll @DoubleRange(min = 1, max = 500) double range) {
    LevelScale scale = new LevelScale(low, low + range);
    checkHeights(scale.ticks(), scale.ticks().stream().map(t -> scale.light(t.value())).toList());
  }

  private static void checkHeights(List<Tick> ticks, List<Double> heights) {
    assertTrue(ticks.size() >= 2, ticks.toString());
    for (int i = 0; i < ticks.size(); i++) {
      assertTrue(heights.get(i) > -1e-6 && heights.get(i) < 1 + 1e-6, ticks + " at " + heights);
      double gap = i == 0 ? 1 : heights.get(i) - heights.get(i - 1);
      assertTrue(gap * SpectrogramPicture.PLOT_HEIGHT > Canvas.LETTER_HEIGHT, ticks.toString());
      assertTrue(ticks.get(i).text().length() <= 6, ticks.toString());
    }
  }

  private static List<String> texts(List<Tick> ticks) {
    return ticks.stream().map(Tick::text).toList();
  }
}
