package dev.tutti.cli.picture;

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
    double seconds = ((frames - 1L) * hop + 1 + hop / 2) / 16_000.0;
    TimeAxis axis = new TimeAxis(frames, hop / 16_000.0, seconds);
    double end = Double.NEGATIVE_INFINITY;
    for (Tick tick : axis.ticks()) {
      double middle = axis.place(tick.value()) * SpectrogramPicture.PLOT_WIDTH;
      double half = tick.text().length() * Canvas.LETTER_WIDTH / 2.0;
      assertTrue(middle - half >= end, axis + " at " + tick);
      end = middle + half;
    }
    assertEquals(0, axis.ticks().get(0).value());
    assertEquals(seconds, axis.ticks().get(axis.ticks().size() - 1).value());
  }

  @Test
  void timesBeginAtNoneAndEndWithTheClip() {
    assertEquals(List.of("0.00", "0.05", "0.10", "0.15", "0.20"), times(0.2));
    assertEquals(List.of("0", "1", "2", "3", "4"), times(4));
    assertEquals(List.of("0.0", "0.2", "0.4", "0.6", "0.8", "1.0", "1.2", "1.37"), times(1.37));
    assertEquals(List.of("0", "10", "20", "30", "40", "50", "59.9"), times(59.9));
  }

  @Test
  void aMinuteAndMoreIsToldInMinutes() {
    assertEquals(List.of("0:00", "0:10", "0:20", "0:30", "0:40", "0:50", "1:00"), times(60));
    assertEquals(List.of("0:00", "0:30", "1:00", "1:30", "2:00", "2:30"), times(150));
    assertEquals(List.of("0:00", "5:00", "10:00", "15:00", "20:00", "25:00", "30:00"), times(1800));
    assertEquals(
        List.of("0:00:00", "0:30:00", "1:00:00", "1:30:00", "2:00:00", "2:46:40"), times(10_000));
    assertEquals("min:s", new TimeAxis(2, 40, 60).caption());
    assertEquals("h:min:s", new TimeAxis(2, 4000, 5000).caption());
  }

  @Property
  void everyFrameIsSeenAndEveryColumnShowsOne(
      @ForAll @IntRange(min = 1, max = 3000) int frames,
      @ForAll @IntRange(min = 0, max = 511) int rest) {
    int hop = 512;
    double seconds = Math.max(1, (frames - 1L) * hop + rest) / 16_000.0;
    TimeAxis axis = new TimeAxis(frames, hop / 16_000.0, seconds);
    int next = 0;
    for (int column = 0; column < 684; column++) {
      Span span = axis.frames(column, 684);
      assertTrue(span.from() <= next && span.to() > span.from(), axis + " at " + column);
      next = Math.max(next, span.to());
    }
    assertEquals(frames, next);
  }

  @Test
  void theEndsOfLevelsAreMarkedAndSilenceIsNoRange() {
    assertEquals(
        List.of("-44.6", "-30", "-20", "-10", "0", "10", "20", "35.4"),
        texts(new LevelScale(-44.6, 35.4).ticks()).stream()
            .filter(t -> !t.equals("-40") && !t.equals("30"))
            .toList());
    assertEquals(List.of("-100"), texts(new LevelScale(-100, -100).ticks()));
    assertTrue(new LevelScale(-100, -100).silent());
    assertTrue(!new LevelScale(-100, -20).silent());
    assertTrue(!new LevelScale(-30, -30).silent(), "one level may be a sound: a click");
  }

  private static List<String> times(double seconds) {
    int frames = 1 + (int) (seconds / 0.032);
    return texts(new TimeAxis(frames, 0.032, seconds).ticks());
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
