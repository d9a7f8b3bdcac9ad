package dev.tutti.cli.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.core.spectrogram.MelParameters;
import dev.tutti.core.spectrogram.Spectrogram;
import dev.tutti.core.spectrogram.StftParameters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SpectrogramPictureTest {
  private static final int BLACK = 0;
  private static final int WHITE = 0xFFFFFF;
  private static final int LIGHTEST = 0xFCFDBF;
  private static final int DARKEST = 0x000004;

  /** 1,025 bins to 8 kHz, 126 frames of 32 ms. */
  private static final int BINS = 1025;

  private static final int FRAMES = 126;
  private static final double SECONDS = 0.032;
  private static final FrequencyAxis HERTZ =
      FrequencyAxis.of(StftParameters.nsynth().frequencies(), "Hz");

  private static final int TOP = 500 - 55 - SpectrogramPicture.PLOT_HEIGHT;

  @Test
  void frequenciesStandAtTheirTicks() {
    // Bin 128 is 1 kHz, three of the eight octaves from the top.
    Canvas canvas = draw(light(128, -1), "a title");
    assertEquals(900, canvas.width());
    assertEquals(500, canvas.height());
    List<Integer> ticks = new ArrayList<>();
    for (int y = 0; y < canvas.height(); y++) {
      if (canvas.pixel(SpectrogramPicture.LEFT - 5, y) == BLACK
          && y >= TOP
          && y < TOP + SpectrogramPicture.PLOT_HEIGHT) {
        ticks.add(y - TOP);
      }
    }
    List<Integer> expected = new ArrayList<>();
    for (double hertz : new double[] {8000, 5000, 2000, 1000, 500, 200, 100, 50, 31.25}) {
      double octavesDown = Math.log(8000.0 / hertz) / Math.log(2);
      expected.add((int) Math.round(octavesDown / 8 * (SpectrogramPicture.PLOT_HEIGHT - 1)));
    }
    assertEquals(expected, ticks);
    int middle = SpectrogramPicture.LEFT + SpectrogramPicture.PLOT_WIDTH / 2;
    assertEquals(LIGHTEST, canvas.pixel(middle, TOP + expected.get(3)));
    assertEquals(DARKEST, canvas.pixel(middle, TOP + expected.get(2)));
  }

  @Test
  void timesStandAtTheirTicks() {
    // Frame 62.5 would be 2 s: both neighbours are light.
    float[] levels = new float[BINS * FRAMES];
    for (int bin = 0; bin < BINS; bin++) {
      levels[bin * FRAMES + 62] = 1;
      levels[bin * FRAMES + 63] = 1;
    }
    Canvas canvas = draw(Spectrogram.of(BINS, FRAMES, levels), "");
    int foot = canvas.height() - 53;
    List<Integer> ticks = new ArrayList<>();
    for (int x = 0; x < SpectrogramPicture.PLOT_WIDTH; x++) {
      if (canvas.pixel(SpectrogramPicture.LEFT + x, foot) == BLACK) {
        ticks.add(x);
      }
    }
    assertEquals(5, ticks.size(), "0 to 4 s: " + ticks);
    assertEquals(SpectrogramPicture.PLOT_WIDTH / 2 - 0.5, ticks.get(2), 1);
    int above = canvas.height() - 60;
    assertEquals(LIGHTEST, canvas.pixel(SpectrogramPicture.LEFT + ticks.get(2), above));
    assertEquals(DARKEST, canvas.pixel(SpectrogramPicture.LEFT + ticks.get(1), above));
  }

  @Test
  void noLoudBinOrFrameIsLost() {
    // Bin 1,020 shares its row with others; frame 7,777 of 10,000 its column.
    Canvas canvas = draw(light(1020, -1), "");
    assertTrue(count(canvas, LIGHTEST) >= SpectrogramPicture.PLOT_WIDTH);
    float[] levels = new float[3 * 10_000];
    levels[10_000 + 7_777] = 1;
    FrequencyAxis axis = FrequencyAxis.of(new double[] {100, 200, 400}, "Hz");
    Canvas wide =
        SpectrogramPicture.draw(Spectrogram.of(3, 10_000, levels), axis, clock(10_000), "");
    assertTrue(count(wide, LIGHTEST) > 100);
  }

  @Test
  void titlesAreDrawnAndWrapped() {
    Spectrogram tone = light(128, -1);
    Canvas without = draw(tone, " ");
    Canvas one = draw(tone, "one line");
    Canvas three = draw(tone, "many words ".repeat(18));
    assertEquals(one.height() - SpectrogramPicture.LINE, without.height());
    assertEquals(one.height() + 2 * SpectrogramPicture.LINE, three.height());
    assertTrue(count(one, BLACK) > count(without, BLACK) + 100);
    for (Canvas canvas : List.of(without, one, three)) {
      for (int y = 0; y < canvas.height(); y++) {
        assertEquals(WHITE, canvas.pixel(0, y), "nothing touches the edges");
        assertEquals(WHITE, canvas.pixel(canvas.width() - 1, y));
      }
    }
  }

  @Property(tries = 60)
  void everyShapeIsDrawn(
      @ForAll @IntRange(min = 1, max = 200) int bands,
      @ForAll @IntRange(min = 1, max = 3000) int frames,
      @ForAll @IntRange(min = -200, max = 200) int level) {
    float[] levels = new float[bands * frames];
    Arrays.fill(levels, level);
    FrequencyAxis axis = FrequencyAxis.of(MelParameters.slaney(bands, 16_000).centres(), "mel");
    Canvas canvas =
        SpectrogramPicture.draw(Spectrogram.of(bands, frames, levels), axis, clock(frames), "x");
    assertEquals(500, canvas.height());
    int plot = SpectrogramPicture.PLOT_WIDTH * SpectrogramPicture.PLOT_HEIGHT;
    int label = level <= -100 ? 140 * 42 : 0;
    assertTrue(count(canvas, DARKEST) >= plot - label, "one level is dark");
  }

  @Test
  void silenceIsCalledSo() {
    float[] levels = new float[BINS * FRAMES];
    Arrays.fill(levels, -100);
    Canvas silent = draw(Spectrogram.of(BINS, FRAMES, levels), "");
    Arrays.fill(levels, -30);
    Canvas click = draw(Spectrogram.of(BINS, FRAMES, levels), "");
    assertTrue(count(silent, WHITE) > count(click, WHITE) + 2000, "a label stands in the plot");
    int ticks = 0;
    int bar = SpectrogramPicture.LEFT + SpectrogramPicture.PLOT_WIDTH + 24 + 20 + 3;
    for (int y = TOP - 5; y < TOP + SpectrogramPicture.PLOT_HEIGHT + 5; y++) {
      ticks += silent.pixel(bar, y) == BLACK ? 1 : 0;
    }
    assertEquals(1, ticks, "one level, one mark");
  }

  @Test
  void theAxisMustFit() {
    FrequencyAxis axis = FrequencyAxis.of(new double[] {100, 200}, "Hz");
    Spectrogram three = Spectrogram.of(3, 1, new float[3]);
    assertThrows(
        IllegalArgumentException.class, () -> SpectrogramPicture.png(three, axis, clock(1), ""));
    assertThrows(IllegalArgumentException.class, () -> FrequencyAxis.of(new double[] {0}, "Hz"));
    assertNotEquals(0, SpectrogramPicture.png(light(3, 4), HERTZ, clock(FRAMES), "").length);
  }

  /** One bin at 0 dB, the others at -80 dB; in one frame alone unless that is negative. */
  private static Spectrogram light(int bin, int frame) {
    float[] levels = new float[BINS * FRAMES];
    Arrays.fill(levels, -80);
    int from = bin * FRAMES + Math.max(frame, 0);
    Arrays.fill(levels, from, frame < 0 ? from + FRAMES : from + 1, 0);
    return Spectrogram.of(BINS, FRAMES, levels);
  }

  private static Canvas draw(Spectrogram spectrogram, String title) {
    return SpectrogramPicture.draw(spectrogram, HERTZ, clock(FRAMES), title);
  }

  private static SpectrogramPicture.Clock clock(int frames) {
    return new SpectrogramPicture.Clock(SECONDS, Math.max(1, frames - 1) * SECONDS);
  }

  private static int count(Canvas canvas, int colour) {
    int count = 0;
    for (int y = 0; y < canvas.height(); y++) {
      for (int x = 0; x < canvas.width(); x++) {
        count += canvas.pixel(x, y) == colour ? 1 : 0;
      }
    }
    return count;
  }
}
