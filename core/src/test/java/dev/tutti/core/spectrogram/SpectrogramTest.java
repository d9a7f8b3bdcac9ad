package dev.tutti.core.spectrogram;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.core.content.PackedFloats;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SpectrogramTest {
  private static final float[] VALUES = {0, -1, -20.5f, -80, -0.25f, -60};

  @Test
  void itsBytesAreItsValuesInRowMajorOrder() {
    Spectrogram spectrogram = Spectrogram.of(2, 3, VALUES.clone());
    assertArrayEquals(PackedFloats.pack(VALUES), spectrogram.toLittleEndian());
  }

  @Test
  void itsBytesMakeItAgain() {
    Spectrogram spectrogram = Spectrogram.of(2, 3, VALUES.clone());
    byte[] bytes = spectrogram.toLittleEndian();
    Spectrogram again = Spectrogram.ofLittleEndian(2, 3, ByteBuffer.wrap(bytes));
    assertEquals(spectrogram, again);
    assertArrayEquals(VALUES, again.values());
  }

  @Test
  void changingTheBytesLeavesTheSpectrogram() {
    Spectrogram spectrogram = Spectrogram.of(2, 3, VALUES.clone());
    Arrays.fill(spectrogram.toLittleEndian(), (byte) 7);
    assertArrayEquals(VALUES, spectrogram.values());
  }

  @Test
  void bytesOfAnotherShapeOrWithANumberThatIsNotFiniteAreRefused() {
    assertRefused("6 values do not make", 3, 3, ByteBuffer.wrap(PackedFloats.pack(VALUES)));
    assertRefused("no whole number of float32", 1, 1, ByteBuffer.allocate(5));
    assertRefused("bin 0, frame 1", 1, 2, ByteBuffer.wrap(PackedFloats.pack(1, Float.NaN)));
  }

  private static void assertRefused(String because, int bins, int frames, ByteBuffer bytes) {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> Spectrogram.ofLittleEndian(bins, frames, bytes));
    assertTrue(refused.getMessage().contains(because), refused.getMessage());
  }
}
