package dev.tutti.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.server.config.ConfigSource;
import dev.tutti.server.config.InvalidSettingException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DirectMemoryTest {
  private static final long ENOUGH = 20 * 524_288 + (30 << 20);

  private final GatewayConfig config =
      GatewayConfig.from(
          new ConfigSource(
              Map.of("server.max-in-flight-bytes", "30m", "server.max-connections", "20")));

  @Test
  void settingsThatJustFitAreAccepted() {
    DirectMemory.check(config, ENOUGH);
  }

  @Test
  void settingsThatDoNotFitAreRefusedWithTheSum() {
    assertEquals(
        "server.max-connections x 524,288 + server.max-in-flight-bytes = 20 x 524,288 + 31,457,280"
            + " = 41,943,040 bytes of network buffers, but there are 41,943,039 bytes of direct"
            + " memory. Lower one of them, or give the server more (TUTTI_SERVE_DIRECT).",
        assertThrows(InvalidSettingException.class, () -> DirectMemory.check(config, ENOUGH - 1))
            .getMessage());
  }

  @Test
  void aProcessKnowsItsOwnLimit() {
    assertTrue(DirectMemory.ofThisProcess() > 1 << 20);
  }
}
