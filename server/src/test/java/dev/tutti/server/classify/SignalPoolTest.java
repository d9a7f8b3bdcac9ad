package dev.tutti.server.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.server.batching.Lane;
import dev.tutti.server.error.OverloadedException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SignalPoolTest {
  private static final int CAPACITY = 4;

  private final SignalPool pool = new SignalPool(new SignalConfig(1, CAPACITY, 60));
  private final CountDownLatch gate = new CountDownLatch(1);
  private final List<String> ran = new CopyOnWriteArrayList<>();
  private CompletableFuture<Boolean> holder;

  /** Holds the only thread until the gate opens. */
  @BeforeEach
  void occupy() throws InterruptedException {
    CountDownLatch running = new CountDownLatch(1);
    holder =
        pool.submit(
            Lane.BATCH,
            () -> {
              running.countDown();
              return gate.await(30, TimeUnit.SECONDS);
            });
    assertTrue(running.await(30, TimeUnit.SECONDS));
  }

  @AfterEach
  void close() {
    gate.countDown();
    pool.close();
  }

  @Test
  void interactiveWorkOvertakesBatchWorkAndKeepsItsOwnOrder() throws Exception {
    CompletableFuture<?> last = note(Lane.BATCH, "batch 1");
    note(Lane.INTERACTIVE, "interactive 1");
    note(Lane.INTERACTIVE, "interactive 2");
    gate.countDown();
    last.get(30, TimeUnit.SECONDS);
    assertEquals(List.of("interactive 1", "interactive 2", "batch 1"), ran);
  }

  @Test
  void onlySoManyWait() throws Exception {
    for (int i = 0; i < CAPACITY; i++) {
      assertFalse(note(Lane.BATCH, "waits").isDone());
    }
    CompletableFuture<?> refused = note(Lane.BATCH, "refused");
    OverloadedException overload =
        assertInstanceOf(
            OverloadedException.class,
            assertThrows(ExecutionException.class, refused::get).getCause());
    assertTrue(overload.getMessage().startsWith("4 clips wait already"), overload.getMessage());
    gate.countDown();
    assertTrue(holder.get(30, TimeUnit.SECONDS));
  }

  @Test
  void roomComesBackAsWorkBegins() throws Exception {
    CompletableFuture<?> last = holder;
    for (int i = 0; i < CAPACITY; i++) {
      last = note(Lane.BATCH, "waits");
    }
    gate.countDown();
    // The only thread runs them in order: after the last one nothing waits.
    last.get(30, TimeUnit.SECONDS);
    for (int i = 0; i < 3 * CAPACITY; i++) {
      note(Lane.INTERACTIVE, "more").get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void whatIsThrownIsTheOutcome() {
    IOException failure = new IOException("broken");
    CompletableFuture<String> outcome =
        pool.submit(
            Lane.BATCH,
            () -> {
              throw failure;
            });
    CompletableFuture<String> memory =
        pool.submit(
            Lane.BATCH,
            () -> {
              throw new OutOfMemoryError("a test's");
            });
    gate.countDown();
    assertSame(
        failure,
        assertThrows(ExecutionException.class, () -> outcome.get(30, TimeUnit.SECONDS)).getCause());
    assertThrows(ExecutionException.class, () -> memory.get(30, TimeUnit.SECONDS));
  }

  @Test
  void cancelledWorkNeverBegins() throws Exception {
    note(Lane.BATCH, "cancelled").cancel(true);
    CompletableFuture<?> other = note(Lane.BATCH, "other");
    gate.countDown();
    other.get(30, TimeUnit.SECONDS);
    assertEquals(List.of("other"), ran);
  }

  private CompletableFuture<Boolean> note(Lane lane, String name) {
    return pool.submit(lane, () -> ran.add(name));
  }
}
