package dev.tutti.core.audio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** However a stream is cut into chunks, its windows are those of the definition. */
class SlidingWindowsTest {
  @Property
  void windowsAreThoseOfTheDefinition(
      @ForAll @IntRange(min = 1, max = 40) int length,
      @ForAll @IntRange(min = 1, max = 60) int hop,
      @ForAll @IntRange(max = 300) int total,
      @ForAll long seed) {
    float[] stream = new float[total];
    for (int i = 0; i < total; i++) {
      stream[i] = i + 1;
    }
    List<AudioWindow> windows = cutAtRandom(stream, length, hop, new Random(seed));
    int expected = 0;
    for (int start = 0; isWindow(start, length, hop, total); start += hop) {
      AudioWindow window = windows.get(expected);
      int end = Math.min(start + length, total);
      assertEquals(expected, window.index());
      assertEquals(start, window.start());
      assertEquals(end, window.end());
      assertEquals(end < start + length, window.isPadded());
      float[] samples = Arrays.copyOf(Arrays.copyOfRange(stream, start, end), length);
      assertArrayEquals(samples, window.samples());
      expected++;
    }
    assertEquals(expected, windows.size());
  }

  /** A window is there where it is full, or holds samples that the one before does not. */
  private static boolean isWindow(int start, int length, int hop, int total) {
    boolean full = start + length <= total;
    boolean holdsNew = total > start && (start == 0 || total > start - hop + length);
    return full || holdsNew;
  }

  private static List<AudioWindow> cutAtRandom(float[] stream, int length, int hop, Random random) {
    SlidingWindows sliding = new SlidingWindows(length, hop);
    List<AudioWindow> windows = new ArrayList<>();
    for (int next = 0; next < stream.length; ) {
      int count = Math.min(random.nextInt(100), stream.length - next);
      sliding.add(stream, next, count, windows::add);
      next += count;
    }
    sliding.finish(windows::add);
    return windows;
  }
}
