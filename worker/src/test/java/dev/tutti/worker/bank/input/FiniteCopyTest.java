package dev.tutti.worker.bank.input;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tutti.worker.bank.input.FiniteCopy.Limit;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FiniteCopyTest {
  @Property
  void copiesAndFindsTheFirstFloatThatIsNotFinite(
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
    ByteBuffer row = bytes(length * Float.BYTES);
    row.asIntBuffer().put(numbers);
    assertCopied(Limit.FLOAT32, row, first);
  }

  @Property
  void copiesAndFindsTheFirstHalfThatIsNotFinite(
      @ForAll @IntRange(max = 5000) int length,
      @ForAll long seed,
      @ForAll @Size(max = 3) int[] places) {
    ByteBuffer row = bytes(length * Short.BYTES);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < length; i++) {
      row.putShort(i * Short.BYTES, (short) (random.nextInt() & ~0x4000));
    }
    int first = -1;
    for (int place : places) {
      if (length > 0) {
        int index = Math.floorMod(place, length);
        int at = index * Short.BYTES;
        row.putShort(at, (short) (row.getShort(at) | 0x7c00));
        first = first < 0 ? index : Math.min(first, index);
      }
    }
    assertCopied(Limit.FLOAT16, row, first);
  }

  @Test
  void samplesAreBelowTwoToThe48() {
    float limit = (float) Math.pow(2, 48);
    for (float sign : new float[] {1, -1}) {
      ByteBuffer row = bytes(3 * Float.BYTES);
      row.asFloatBuffer().put(new float[] {0, sign * Math.nextDown(limit), Float.MIN_VALUE});
      assertCopied(Limit.FLOAT32_SAMPLES, row, -1);
      row.putFloat(2 * Float.BYTES, sign * limit);
      assertCopied(Limit.FLOAT32_SAMPLES, row, 2);
      row.putFloat(Float.BYTES, sign * Float.POSITIVE_INFINITY);
      assertCopied(Limit.FLOAT32_SAMPLES, row, 1);
      row.putFloat(0, Float.NaN);
      assertCopied(Limit.FLOAT32_SAMPLES, row, 0);
    }
  }

  /** Behind another row that was refused, into a target that is in use already. */
  private static void assertCopied(Limit limit, ByteBuffer row, int first) {
    FiniteCopy copy = new FiniteCopy(limit);
    ByteBuffer refused = bytes(4).putInt(0xffff_ffff).flip();
    ByteBuffer target = bytes(row.limit() + 4 + 2);
    assertEquals(0, copy.copy(refused, target));
    assertEquals(first, copy.copy(row.asReadOnlyBuffer(), target));
    assertEquals(row.limit() + 4, target.position());
    assertEquals(row, target.slice(4, row.limit()));
    assertEquals(0, row.position());
  }

  private static ByteBuffer bytes(int count) {
    return ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
  }
}
