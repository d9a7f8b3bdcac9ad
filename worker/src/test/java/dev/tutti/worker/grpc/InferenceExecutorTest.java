package dev.tutti.worker.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InferenceExecutorTest {
  private final CountDownLatch gate = new CountDownLatch(1);
  private final List<String> done = new CopyOnWriteArrayList<>();

  @Test
  void batchesRunOneByOneInOrderAndTheQueueIsBounded() throws Exception {
    InferenceExecutor executor = new InferenceExecutor(2);
    executor.execute(() -> afterGate("first"));
    executor.execute(() -> done.add("second"));
    executor.execute(() -> done.add(Thread.currentThread().getName()));
    RejectedExecutionException refusal =
        assertThrows(
            RejectedExecutionException.class, () -> executor.execute(() -> done.add("none")));
    assertFalse(refusal instanceof DrainingException);
    assertTrue(refusal.getMessage().contains("2 batches queued"), refusal::getMessage);
    gate.countDown();
    assertTrue(executor.finish(Duration.ofSeconds(30)));
    assertEquals(List.of("first", "second", "inference"), done);
  }

  @Test
  void finishingWaitsForWhatWasTakenAndTakesNoMore() throws Exception {
    InferenceExecutor executor = new InferenceExecutor(2);
    executor.execute(() -> afterGate("first"));
    executor.execute(() -> done.add("second"));
    CompletableFuture.runAsync(gate::countDown);
    assertTrue(executor.finish(Duration.ofSeconds(30)));
    assertEquals(List.of("first", "second"), done);
    assertThrows(DrainingException.class, () -> executor.execute(() -> done.add("none")));
  }

  @Test
  void withoutPatienceWhatIsQueuedIsDropped() throws Exception {
    InferenceExecutor executor = new InferenceExecutor(2);
    executor.execute(() -> afterGate("first"));
    executor.execute(() -> done.add("second"));
    assertFalse(executor.finish(Duration.ZERO));
    gate.countDown();
    assertTrue(executor.finish(Duration.ofSeconds(30)));
    assertFalse(done.contains("second"), done::toString);
  }

  private void afterGate(String name) {
    try {
      gate.await();
      done.add(name);
    } catch (InterruptedException e) {
      done.add("interrupted");
    }
  }
}
