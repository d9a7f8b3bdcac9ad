package dev.tutti.worker.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {
  @Test
  void bothKinds() {
    assertEquals(
        new ListenAddress.Unix(Path.of("/run/w.sock")), ListenAddress.parse("unix:/run/w.sock"));
    assertEquals(new ListenAddress.Tcp("127.0.0.1", 0), ListenAddress.parse("tcp:127.0.0.1:0"));
    assertEquals(new ListenAddress.Tcp("::1", 65535), ListenAddress.parse("tcp:::1:65535"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "unix:", "tcp:", "tcp:1", "tcp::1", "tcp:h:65536", "tcp:h:-1", "h:1"})
  void everythingElseIsRefusedWithWhatIsAccepted(String text) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> ListenAddress.parse(text));
    assertTrue(refusal.getMessage().contains("accepted: unix:PATH"), refusal::getMessage);
  }

  @Test
  void aSocketPathMustFitIntoItsAddress() {
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class, () -> ListenAddress.parse("unix:/" + "a".repeat(107)));
    assertTrue(refusal.getMessage().contains("at most 107 bytes"), refusal::getMessage);
  }
}
