package dev.tutti.server.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.Test;

class CloseablesTest {
  private final Closeables closeables = new Closeables();
  private final Executors executors = new Executors((thread, cause) -> {});
  private final List<String> closed = new ArrayList<>();

  @Test
  void whatWasOpenedLastIsClosedFirst() {
    closeables.add("first", () -> closed.add("first"));
    closeables.add("second", "resource", resource -> closed.add("second " + resource));
    closeables.close();
    assertEquals(List.of("second resource", "first"), closed);
  }

  @Test
  void oneThatFailsDoesNotKeepTheOthers() {
    closeables.add("first", () -> closed.add("first"));
    closeables.add(
        "second",
        () -> {
          throw new IOException("stuck");
        });
    closeables.close();
    assertEquals(List.of("first"), closed);
  }

  @Test
  void everythingIsClosedOnce() {
    closeables.add("first", () -> closed.add("first"));
    closeables.close();
    closeables.close();
    assertEquals(List.of("first"), closed);
  }

  @Test
  void executorsAreShutDown() {
    ExecutorService executor = closeables.addExecutor("pool", executors.refusing("pool", 1, 1));
    closeables.close();
    assertTrue(executor.isShutdown());
  }
}
