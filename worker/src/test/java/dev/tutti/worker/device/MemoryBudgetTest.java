package dev.tutti.worker.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryBudgetTest {
  private static final OptionalLong AVAILABLE = OptionalLong.of(8L << 30);

  @ParameterizedTest
  @CsvSource({"1,1", "800M,838860800", "6G,6442450944", "2k,2048", "1T,1099511627776"})
  void bytes(String text, long bytes) {
    assertEquals(bytes, MemoryBudget.parse(text, OptionalLong.empty()).bytes());
  }

  @Test
  void aShareOfWhatIsAvailable() {
    MemoryBudget half = MemoryBudget.parse("50%", AVAILABLE);
    assertEquals((8L << 30) / 100 * 50, half.bytes());
    assertEquals("50% of the 8.0 GiB available", half.origin());
    assertEquals(
        MemoryBudget.unlimited(), MemoryBudget.parse("50%", OptionalLong.empty()), "not known");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "0%", "101%", "-1", "1.5G", "G", "9P", "999999999999T", "half"})
  void anythingElseIsRefused(String text) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> MemoryBudget.parse(text, AVAILABLE));
    assertTrue(refusal.getMessage().contains("accepted: bytes"), refusal::getMessage);
  }
}
