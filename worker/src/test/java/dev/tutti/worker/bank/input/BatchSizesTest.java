package dev.tutti.worker.bank.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchSizesTest {
  @ParameterizedTest
  @CsvSource({"1,1", "2,2", "3,4", "4,4", "5,8", "8,8"})
  void aBatchGoesIntoTheNextSize(int rows, int size) {
    assertEquals(size, BatchSizes.of(1, 2, 4, 8).bucketFor(rows));
  }

  @Test
  void sizesAscendFromOne() {
    assertThrows(IllegalArgumentException.class, () -> new BatchSizes(List.of()));
    assertThrows(IllegalArgumentException.class, () -> BatchSizes.of(0, 1));
    assertThrows(IllegalArgumentException.class, () -> BatchSizes.of(2, 2));
    assertThrows(IllegalArgumentException.class, () -> BatchSizes.of(4, 2));
    assertThrows(IllegalArgumentException.class, () -> BatchSizes.of(1, 257));
  }
}
