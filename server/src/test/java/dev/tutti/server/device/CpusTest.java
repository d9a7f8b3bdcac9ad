package dev.tutti.server.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CpusTest {
  @Test
  void theKernelsNotationIsRead() {
    assertEquals(List.of(0, 1, 2, 3, 8), Cpus.parse("0-3,8"));
    assertEquals(List.of(5), Cpus.parse("5"));
    assertEquals(List.of(), Cpus.parse(""));
    assertEquals(List.of(), Cpus.parse("0-"));
    assertEquals(List.of(), Cpus.parse("a,1"));
  }

  @Test
  void thisProcessMayRunSomewhere() {
    assertTrue(!Cpus.allowed().isEmpty());
  }

  @Test
  void programsAreFoundOnThePathAlone() {
    assertTrue(Programs.find("sh", Map.of("PATH", "/nowhere::/usr/bin:/bin")).isPresent());
    assertTrue(Programs.find("sh", Map.of("PATH", "/nowhere")).isEmpty());
    assertTrue(Programs.find("sh", Map.of()).isEmpty());
  }
}
