package dev.tutti.server.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ExecutorsTest {
  private final ThreadDeaths deaths = new ThreadDeaths();
  private final Executors executors = new Executors(deaths);
  private final CountDownLatch open = new CountDownLatch(1);
  private final List<ExecutorService> made = new ArrayList<>();

  @AfterEach
  void stop() {
    open.countDown();
    made.forEach(ExecutorService::shutdownNow);
  }

  @Test
  void aFullQueueRefuses() {
    ExecutorService executor = keep(executors.refusing("short", 1, 1));
    executor.execute(this::block);
    executor.execute(() -> {});
    assertThrows(RejectedExecutionException.class, () -> executor.execute(() -> {}));
  }

  @Test
  void aFullQueueSlowsDownWhoFillsIt() {
    ExecutorService executor = keep(executors.slowing("short", 1, 1));
    executor.execute(this::block);
    executor.execute(() -> {});
    Thread[] ran = new Thread[1];
    executor.execute(() -> ran[0] = Thread.currentThread());
    assertSame(Thread.currentThread(), ran[0]);
  }

  @Test
  void aThreadThatDiesRaisesTheAlarm() throws InterruptedException {
    CountDownLatch alarm = new CountDownLatch(1);
    deaths.onDeath(alarm::countDown);
    keep(executors.refusing("frail", 1, 1))
        .execute(
            () -> {
              throw new IllegalStateException("a bug");
            });
    alarm.await();
    assertEquals(0, alarm.getCount());
  }

  @Test
  void aDeathBeforeAnybodyListensIsNotForgotten() {
    deaths.uncaughtException(Thread.currentThread(), new IllegalStateException("early"));
    boolean[] told = new boolean[1];
    deaths.onDeath(() -> told[0] = true);
    assertTrue(told[0]);
  }

  private void block() {
    try {
      open.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private ExecutorService keep(ExecutorService executor) {
    made.add(executor);
    return executor;
  }
}
