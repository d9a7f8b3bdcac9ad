package dev.tutti.worker.bank;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class FiniteCopyTest {
  @Property
  void copiesAndFindsTheFirstNumberThatIsNotFinite(
      @ForAll @IntRange(max = 3000) int length,
      @ForAll long seed,
      @ForAll @Size(max = 3) int[] places) {
    int[] numbers = new SplittableRandom(seed).ints(length).map(i -> i & ~0x4000_0000).toArray();
    int first = -1;
    for (int place : places) {
      if (length > 0) {
        int index = Math.floorMod(place, length);
        numbers[index] |= 0x7f80_0000; // The exponent of NaN and infinities.
        first = first < 0 ? index : Math.min(first, index);
      }
    }
    ByteBuffer row = ByteBuffer.allocate(length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    row.asIntBuffer().put(numbers);
    IntBuffer target = IntBuffer.allocate(length);
    FiniteCopy copy = new FiniteCopy();
    assertEquals(0, copy.copy(notFinite(), IntBuffer.allocate(1)));
    assertEquals(first, copy.copy(row.asReadOnlyBuffer(), target));
    assertArrayEquals(numbers, target.array());
    assertEquals(0, row.position());
  }

  private static ByteBuffer notFinite() {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(0xff80_0000).flip();
  }
}
