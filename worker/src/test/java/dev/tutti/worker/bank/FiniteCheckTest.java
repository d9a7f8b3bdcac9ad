package dev.tutti.worker.bank;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class FiniteCheckTest {
  @Property
  void findsTheFirstNumberThatIsNotFinite(@ForAll @Size(max = 9) int[] bits) {
    ByteBuffer row = ByteBuffer.allocate(bits.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    int first = -1;
    for (int i = 0; i < bits.length; i++) {
      // Every third number gets the exponent that NaN and infinities have.
      int number = bits[i] % 3 == 0 ? bits[i] | 0x7f80_0000 : bits[i];
      row.putInt(number);
      if (first < 0 && !Float.isFinite(Float.intBitsToFloat(number))) {
        first = i;
      }
    }
    row.flip();
    if (first < 0) {
      FiniteCheck.requireFinite(row, 5);
    } else {
      InvalidBatchException refusal =
          assertThrows(InvalidBatchException.class, () -> FiniteCheck.requireFinite(row, 5));
      String at = " at index " + first + ";";
      assertTrue(refusal.getMessage().contains(at), refusal::getMessage);
    }
    assertEquals(0, row.position());
  }
}
