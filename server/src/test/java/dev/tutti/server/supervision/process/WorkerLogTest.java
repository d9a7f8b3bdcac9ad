package dev.tutti.server.supervision.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class WorkerLogTest {
  private final ListAppender<ILoggingEvent> written = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger("worker");
  private final WorkerLog log = new WorkerLog("worker-7");

  @BeforeEach
  void listen() {
    written.start();
    logger.addAppender(written);
  }

  @AfterEach
  void leave() {
    logger.detachAppender(written);
  }

  @Test
  void aLineKeepsTheWorkersLevelAndLosesItsThread() {
    assertTrue(log.line("WARN  [main] WarmUp: answers differ"));
    assertEquals(List.of("WARN worker-7: WarmUp: answers differ"), lines());
  }

  @Test
  void aStackBelongsToTheLineBefore() {
    assertTrue(log.line("ERROR [main] WorkerMain: failed"));
    assertTrue(log.line("\tat dev.tutti.Somewhere"));
    assertEquals(
        List.of("ERROR worker-7: WorkerMain: failed", "ERROR worker-7: \tat dev.tutti.Somewhere"),
        lines());
  }

  @Test
  void whatTensorFlowAlwaysSaysIsNoNews() {
    assertFalse(log.line("WARNING: All log messages before absl::InitializeLog() is called are"));
    assertFalse(log.line("I0000 00:00:1795624235.397131   14143 mlir_graph.cc:401] not enabled"));
    assertFalse(lines().stream().anyMatch(line -> line.startsWith("INFO")), lines().toString());
    assertTrue(log.line("F0000 00:00:1795624235.397131   14143 tensor.cc:1] Check failed"));
  }

  private List<String> lines() {
    return written.list.stream()
        .map(event -> event.getLevel() + " " + event.getFormattedMessage())
        .toList();
  }
}
