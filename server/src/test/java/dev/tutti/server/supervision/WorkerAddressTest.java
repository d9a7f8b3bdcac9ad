package dev.tutti.server.supervision;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.unix.DomainSocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerAddressTest {
  @Test
  void hostAndPort() {
    WorkerAddress address = new WorkerAddress("127.0.0.1:4567");
    assertFalse(address.isUnix());
    assertEquals(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 4567), address.toSocketAddress());
  }

  @Test
  void unixDomainSocket() {
    WorkerAddress address = new WorkerAddress("unix:/tmp/a b.sock");
    assertTrue(address.isUnix());
    assertEquals(new DomainSocketAddress("/tmp/a b.sock"), address.toSocketAddress());
    assertEquals("unix:/tmp/a b.sock", address.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "host", "host:", ":1", "host:port", "host:65536", "unix:", "a:b:1"})
  void anythingElseIsRefused(String text) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> new WorkerAddress(text)).getMessage();
    assertTrue(message.contains("'" + text + "'"), message);
    assertTrue(message.contains("unix:/path or host:port"), message);
  }
}
