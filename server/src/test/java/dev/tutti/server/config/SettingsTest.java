package dev.tutti.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
  @Test
  void valuesAreReadByType() {
    Settings settings =
        new Settings(
            Map.of("a", "7", "b", "512m", "c", "250ms", "d", "5m", "e", "x, y", "n.one", "1"));
    assertEquals(7, settings.integer("a", 0));
    assertEquals(512L << 20, settings.bytes("b", 0));
    assertEquals(Duration.ofMillis(250), settings.duration("c", Duration.ZERO));
    assertEquals(Duration.ofMinutes(5), settings.duration("d", Duration.ZERO));
    assertEquals(List.of("x", "y"), settings.list("e", List.of()));
    assertEquals(Map.of("one", "1"), settings.named("n"));
    assertEquals("fallback", settings.text("absent", "fallback"));
    settings.refuseUnknown();
  }

  @Test
  void aWrongValueIsNamedWithWhatIsAccepted() {
    Settings settings = new Settings(Map.of("wait", "5 minutes", "size", "9999999999g"));
    InvalidSettingException wait =
        assertThrows(InvalidSettingException.class, () -> settings.duration("wait", Duration.ZERO));
    assertTrue(wait.getMessage().contains("'wait' is '5 minutes'"));
    assertTrue(wait.getMessage().contains("200ms"));
    assertThrows(RuntimeException.class, () -> settings.bytes("size", 0));
  }

  @Test
  void anUnknownKeyNamesTheNearestKnownOne() {
    Settings settings = new Settings(Map.of("server.prot", "1"));
    settings.integer("server.port", 0);
    settings.integer("server.threads", 0);
    String message =
        assertThrows(InvalidSettingException.class, settings::refuseUnknown).getMessage();
    assertTrue(message.contains("'server.prot'") && message.contains("'server.port'"), message);
  }
}
