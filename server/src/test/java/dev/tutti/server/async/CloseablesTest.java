package dev.tutti.server.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CloseablesTest {
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final Duration LONG = Duration.ofSeconds(50);

  private final List<String> dropped = Collections.synchronizedList(new ArrayList<>());
  private final Closeables closeables = new Closeables(LONG, dropped::add);
  private final Executors executors = new Executors((thread, cause) -> {});
  private final List<String> closed = Collections.synchronizedList(new ArrayList<>());

  @Test
  void whatWasOpenedLastIsClosedFirst() {
    closeables.add("first", () -> closed.add("first"));
    closeables.add("second", "resource", LONG, resource -> closed.add("second " + resource));
    closeables.close();
    assertEquals(List.of("second resource", "first"), closed);
    assertEquals(List.of(), dropped);
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
    assertEquals(List.of("The second failed to close: stuck"), dropped);
  }

  @Test
  void oneMayTakeAsLongAsItLikes() {
    closeables.add("first", () -> closed.add("first"));
    closeables.add("second", "s", Duration.ofDays(999_999), closed::add);
    closeables.close();
    assertEquals(List.of("s", "first"), closed);
    assertEquals(List.of(), dropped);
  }

  @Test
  void oneThatHangsIsInterruptedAndLeftBehind() throws InterruptedException {
    CountDownLatch interrupted = new CountDownLatch(1);
    closeables.add("first", () -> closed.add("first"));
    closeables.add("second", interrupted, SHORT, CloseablesTest::hang);
    closeables.close();
    assertEquals(List.of("first"), closed);
    assertEquals(List.of("The second did not close within 50 ms and is left behind."), dropped);
    interrupted.await();
  }

  @Test
  void everythingIsClosedOnce() {
    closeables.add("first", () -> closed.add("first"));
    closeables.close();
    closeables.close();
    assertEquals(List.of("first"), closed);
  }

  @Test
  void whoeverAsksAgainWaitsUntilAllIsClosed() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    closeables.add(
        "first",
        () -> {
          begun.countDown();
          mayEnd.await();
          closed.add("first");
        });
    Thread closer = new Thread(closeables::close);
    closer.start();
    begun.await();
    List<String> seen = new ArrayList<>();
    Thread second =
        new Thread(
            () -> {
              closeables.close();
              seen.addAll(closed);
            });
    second.start();
    while (second.isAlive() && second.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    mayEnd.countDown();
    closer.join();
    second.join();
    assertEquals(List.of("first"), seen);
  }

  @Test
  void whatComesAfterwardsIsClosedAndRefused() {
    closeables.close();
    IllegalStateException refusal =
        assertThrows(
            IllegalStateException.class, () -> closeables.add("late", () -> closed.add("late")));
    assertEquals(
        "The late came after everything was closed, and was closed at once.", refusal.getMessage());
    assertEquals(List.of("late"), closed);
  }

  @Test
  void anExecutorThatComesAfterwardsIsShutDown() {
    closeables.close();
    ExecutorService executor = executors.refusing("late", 1, 1);
    assertThrows(IllegalStateException.class, () -> closeables.addExecutor("late", executor));
    assertTrue(executor.isShutdown());
  }

  @Test
  void executorsAreShutDown() {
    ExecutorService executor = closeables.addExecutor("pool", executors.refusing("pool", 1, 1));
    closeables.close();
    assertTrue(executor.isTerminated());
    assertEquals(List.of(), dropped);
  }

  @Test
  void tasksThatHadNotBegunAreCounted() throws InterruptedException {
    ExecutorService executor = closeables.addExecutor("pool", executors.refusing("pool", 1, 2));
    CountDownLatch runs = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    executor.execute(
        () -> {
          runs.countDown();
          hang(interrupted);
        });
    runs.await();
    executor.execute(() -> closed.add("never"));
    executor.execute(() -> closed.add("never"));
    closeables.close();
    assertEquals(List.of("The pool dropped 2 tasks that had not begun."), dropped);
    assertEquals(List.of(), closed);
    assertEquals(0, interrupted.getCount());
  }

  /** Until somebody interrupts. */
  private static void hang(CountDownLatch interrupted) {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      interrupted.countDown();
    }
  }
}
