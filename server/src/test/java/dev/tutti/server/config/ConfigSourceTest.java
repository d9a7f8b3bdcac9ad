package dev.tutti.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigSourceTest {
  @Test
  void valuesAreReadByType() {
    ConfigSource source =
        new ConfigSource(
            Map.of("a", "7", "b", "512m", "c", "250ms", "d", "5m", "e", "x, y", "n.one", "1"));
    assertEquals(7, source.integer("a", 0));
    assertEquals(512L << 20, source.bytes("b", 0));
    assertEquals(Duration.ofMillis(250), source.duration("c", Duration.ZERO));
    assertEquals(Duration.ofMinutes(5), source.duration("d", Duration.ZERO));
    assertEquals(List.of("x", "y"), source.list("e", List.of()));
    assertEquals(Map.of("one", "1"), source.named("n"));
    assertEquals("fallback", source.text("absent", "fallback"));
    source.refuseUnknown();
  }

  @Test
  void aWrongValueIsNamedWithWhatIsAccepted() {
    ConfigSource source = new ConfigSource(Map.of("wait", "5 minutes", "size", "9999999999g"));
    InvalidSettingException wait =
        assertThrows(InvalidSettingException.class, () -> source.duration("wait", Duration.ZERO));
    assertTrue(wait.getMessage().contains("'wait' is '5 minutes'"));
    assertTrue(wait.getMessage().contains("200ms"));
    assertThrows(RuntimeException.class, () -> source.bytes("size", 0));
  }

  @Test
  void anUnknownKeyNamesTheNearestKnownOne() {
    ConfigSource source = new ConfigSource(Map.of("server.prot", "1"));
    source.integer("server.port", 0);
    source.integer("server.threads", 0);
    String message =
        assertThrows(InvalidSettingException.class, source::refuseUnknown).getMessage();
    assertTrue(message.contains("'server.prot'") && message.contains("'server.port'"), message);
  }
}
