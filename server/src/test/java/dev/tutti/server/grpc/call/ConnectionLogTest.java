package dev.tutti.server.grpc.call;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionLogTest {
  private final List<String> lines = new ArrayList<>();
  private long nanos;
  private final ConnectionLog log = ConnectionLog.attach(lines::add, () -> nanos);
  private final Logger transport =
      Logger.getLogger("io.grpc.netty.NettyServerTransport.connections");

  @AfterEach
  void detach() {
    log.close();
  }

  @Test
  void ofManyBadConnectionsOneIsSaidInTenSeconds() {
    for (int i = 0; i < 1000; i++) {
      nanos = i * 1_000_000L;
      fail("not HTTP/2: \u001b[31m\n" + i);
    }
    assertEquals(List.of("A connection failed: not HTTP/2: \\u001b[31m\\u000a0"), lines);
    nanos = 10_000_000_000L;
    fail("again");
    assertEquals("A connection failed: again (and 999 others since the last line)", lines.get(1));
  }

  @Test
  void whatIsNoTroubleIsNotSaid() {
    transport.log(Level.FINE, "closed");
    assertEquals(List.of(), lines);
  }

  private void fail(String reason) {
    LogRecord record = new LogRecord(Level.INFO, "Transport failed");
    record.setThrown(new IllegalStateException(reason));
    transport.log(record);
  }
}
