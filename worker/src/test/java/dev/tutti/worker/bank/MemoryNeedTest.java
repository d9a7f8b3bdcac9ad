package dev.tutti.worker.bank;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tutti.core.spectrogram.StftParameters;
import dev.tutti.worker.bank.input.BatchSizes;
import dev.tutti.worker.device.DeviceConfig;
import dev.tutti.worker.device.MemoryBudget;
import dev.tutti.worker.golden.Golden;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryNeedTest {
  private static final MemoryNeed NEED = new MemoryNeed(1000, 500, 10);

  @ParameterizedTest
  @CsvSource({
    "9999, 1-2-4-8-16-32",
    "1820, 1-2-4-8-16-32",
    "1819, 1-2-4-8-16",
    "1660, 1-2-4-8-16",
    "1580, 1-2-4-8",
    "1579, 1-2-4",
    "1510, 1",
    "100, 1"
  })
  void sizesThatFit(long available, String sizes) {
    MemoryBudget budget = MemoryBudget.parse("100%", OptionalLong.of(available * 100));
    BatchSizes requested = BatchSizes.of(1, 2, 4, 8, 16, 32);
    MemoryNeed need = new MemoryNeed(NEED.process() * 100, NEED.weights() * 100, 1000);
    assertEquals(
        List.of(sizes.split("-")),
        need.within(budget, requested).sizes().stream().map(String::valueOf).toList());
  }

  @Test
  void withoutALimitNothingIsCut() {
    BatchSizes requested = BatchSizes.of(3, 200);
    assertEquals(requested, NEED.within(MemoryBudget.unlimited(), requested));
  }

  @Test
  void aBankServesWithTheSizesThatFit() throws IOException {
    DeviceConfig device = new DeviceConfig(1, 1, Optional.empty());
    ModelBankLoader loader =
        new ModelBankLoader(StftParameters.nsynth(), BatchSizes.of(2, 8), device);
    MemoryBudget tight = new MemoryBudget(1, "test");
    try (ModelBank bank = loader.withMemory(tight).load(Golden.path("set65x30"));
        ModelBank whole = loader.load(Golden.path("set65x30"))) {
      assertEquals(List.of(2), bank.description().batchSizes().sizes());
      assertEquals(whole.description().digest(), bank.description().digest());
      assertEquals(20, bank.infer(Golden.smallRows().subList(0, 2)).probabilities().length);
    }
  }
}
