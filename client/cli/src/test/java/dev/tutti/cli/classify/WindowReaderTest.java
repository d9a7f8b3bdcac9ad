package dev.tutti.cli.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.core.audio.AudioReader;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class WindowReaderTest {
  /** A recording whose samples are their places, read in blocks of odd sizes. */
  private static final class Counting implements AudioReader {
    private final int rate;
    private final long length;
    private final int block;
    private long read;

    Counting(int rate, long length, int block) {
      this.rate = rate;
      this.length = length;
      this.block = block;
    }

    @Override
    public int sampleRate() {
      return rate;
    }

    @Override
    public OptionalLong length() {
      return OptionalLong.empty();
    }

    @Override
    public int read(float[] samples, int offset, int count) {
      int given = (int) Math.min(Math.min(count, block), length - read);
      for (int i = 0; i < given; i++) {
        samples[offset + i] = read + i;
      }
      read += given;
      return given == 0 ? -1 : given;
    }
  }

  @Property
  void windowsFollowOneAnotherAndAccountForEverySample(
      @ForAll @LongRange(min = 1, max = 200_000) long length,
      @ForAll @IntRange(min = 1, max = 5000) int block) {
    WindowReader windows = new WindowReader(new Counting(4000, length, block), 4);
    long heard = 0;
    double unheard = 0;
    for (Optional<Window> next = windows.next(); next.isPresent(); next = windows.next()) {
      Window window = next.get();
      assertEquals((float) heard, window.clip().samples()[0]);
      assertEquals(heard / 4000.0, window.start(), 1e-9);
      heard += window.clip().length();
      unheard = window.unheard();
      assertEquals(
          length == heard + Math.round(unheard * 4000) && window.start() == 0, window.alone());
    }
    assertEquals(length, heard + Math.round(unheard * 4000));
    assertTrue(unheard < 1, "less than a quarter of a window");
  }

  /** Half an hour at 44.1 kHz is 300 MB; a window of it is held. */
  @Test
  void notMoreThanTwoWindowsAreRead() {
    Counting recording = new Counting(44_100, 1800L * 44_100, 4096);
    WindowReader windows = new WindowReader(recording, 4);
    for (long i = 1; windows.next().isPresent(); i++) {
      assertTrue(recording.read <= (i + 1) * 4 * 44_100, i + ": " + recording.read);
    }
  }
}
