package dev.tutti.server.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.server.admission.CountingLoad;
import dev.tutti.server.admission.Deadline;
import dev.tutti.server.admission.Lane;
import dev.tutti.server.admission.Pass;
import dev.tutti.server.admission.Permit.Outcome;
import dev.tutti.server.admission.Queued;
import dev.tutti.server.admission.StageTimes.Stage;
import dev.tutti.server.admission.TestPass;
import dev.tutti.server.error.ExpiredException;
import dev.tutti.server.error.OverloadedException;
import dev.tutti.server.error.UnavailableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DspPoolTest {
  private static final int CAPACITY = 4;
  private static final int MAX_BYTES = 1000;

  private final AtomicLong nanos = new AtomicLong();
  private final DspPool pool = new DspPool(new DspConfig(1, CAPACITY, MAX_BYTES, 60), nanos::get);
  private final CountDownLatch gate = new CountDownLatch(1);
  private final List<String> ran = new CopyOnWriteArrayList<>();
  private CompletableFuture<Boolean> holder;

  /** Holds the only thread until the gate opens. */
  @BeforeEach
  void occupy() throws InterruptedException {
    CountDownLatch running = new CountDownLatch(1);
    holder =
        pool.submit(
            pass(Lane.BATCH),
            0,
            token -> {
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
            pass(Lane.BATCH),
            0,
            token -> {
              throw failure;
            });
    CompletableFuture<String> memory =
        pool.submit(
            pass(Lane.BATCH),
            0,
            token -> {
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

  @Test
  void callersTakeTurns() throws Exception {
    for (int i = 1; i < CAPACITY; i++) {
      submit(TestPass.of(Lane.BATCH, "greedy"), 0, "greedy " + i);
    }
    submit(TestPass.of(Lane.BATCH, "modest"), 0, "modest 1");
    gate.countDown();
    holder.get(30, TimeUnit.SECONDS);
    submit(pass(Lane.BATCH), 0, "last").get(30, TimeUnit.SECONDS);
    assertEquals(List.of("greedy 1", "modest 1", "greedy 2", "greedy 3", "last"), ran);
  }

  @Test
  void cancelledWorkGivesItsPlaceAndItsBytesBackAtOnce() {
    List<Queued<Boolean>> waiting = new ArrayList<>();
    for (int i = 0; i < CAPACITY; i++) {
      waiting.add(submit(pass(Lane.BATCH), 100, "waits"));
    }
    assertEquals(CAPACITY * 100, pool.heldBytes());
    waiting.forEach(work -> work.cancel(true));
    assertEquals(0, pool.heldBytes());
    assertFalse(submit(pass(Lane.BATCH), 100, "waits").isDone());
  }

  @Test
  void eachLaneIsBoundedInBytes() {
    submit(pass(Lane.BATCH), MAX_BYTES, "waits");
    CompletableFuture<?> refused = submit(pass(Lane.BATCH), 1, "refused");
    OverloadedException overload =
        assertInstanceOf(
            OverloadedException.class,
            assertThrows(ExecutionException.class, refused::get).getCause());
    assertTrue(
        overload.getMessage().contains("1000 bytes are under way, of 1000"), overload.getMessage());
    assertFalse(submit(pass(Lane.INTERACTIVE), 1, "waits").isDone());
  }

  @Test
  void bytesOfWorkThatRunsCountUntilItIsOverWhoeverLeaves() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Queued<Boolean> work =
        pool.submit(
            pass(Lane.BATCH),
            10,
            token -> {
              running.countDown();
              return end.await(30, TimeUnit.SECONDS);
            });
    gate.countDown();
    assertTrue(running.await(30, TimeUnit.SECONDS));
    work.cancel(true);
    assertEquals(10, pool.heldBytes());
    end.countDown();
    note(Lane.BATCH, "next").get(30, TimeUnit.SECONDS);
    assertEquals(0, pool.heldBytes());
  }

  @Test
  void workThatRunsIsToldThatItsCallerHasLeft() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch left = new CountDownLatch(1);
    Queued<String> work =
        pool.submit(
            pass(Lane.BATCH),
            0,
            token -> {
              token.throwIfCancelled();
              running.countDown();
              left.await(30, TimeUnit.SECONDS);
              token.throwIfCancelled();
              ran.add("went on");
              return "";
            });
    gate.countDown();
    assertTrue(running.await(30, TimeUnit.SECONDS));
    work.cancel(true);
    left.countDown();
    note(Lane.BATCH, "next").get(30, TimeUnit.SECONDS);
    assertEquals(List.of("next"), ran);
  }

  @Test
  void promotedWorkOvertakesItsLaneAndCountsInTheOther() throws Exception {
    CompletableFuture<?> last = submit(pass(Lane.BATCH), 10, "batch 1");
    Queued<Boolean> promoted = submit(pass(Lane.BATCH), MAX_BYTES - 10, "promoted");
    submit(pass(Lane.INTERACTIVE), 10, "interactive");
    promoted.alsoFor(pass(Lane.INTERACTIVE));
    promoted.alsoFor(pass(Lane.INTERACTIVE));
    assertFalse(submit(pass(Lane.BATCH), 10, "batch 2").isDone());
    gate.countDown();
    last.get(30, TimeUnit.SECONDS);
    assertEquals(List.of("interactive", "promoted", "batch 1"), ran.subList(0, 3));
  }

  @Test
  void noThreadEndsOfWhatWorkThrows() throws Exception {
    CompletableFuture<?> failing =
        pool.submit(
            pass(Lane.BATCH),
            0,
            token -> {
              throw new NoClassDefFoundError("a test's");
            });
    gate.countDown();
    assertThrows(ExecutionException.class, () -> failing.get(30, TimeUnit.SECONDS));
    assertTrue(note(Lane.BATCH, "next").get(30, TimeUnit.SECONDS));
  }

  @Test
  void closingFailsWhatWaits() {
    CompletableFuture<?> waiting = submit(pass(Lane.BATCH), 10, "waits");
    pool.close();
    assertInstanceOf(
        UnavailableException.class,
        assertThrows(ExecutionException.class, waiting::get).getCause());
    assertEquals(0, pool.heldBytes());
    assertTrue(submit(pass(Lane.BATCH), 10, "late").isCompletedExceptionally());
  }

  @Test
  void workWhoseDeadlineHasPassedIsTurnedAwayAndWorkThatWaitedUntilThenNeverBegins()
      throws Exception {
    Queued<Boolean> late = submit(until(10), 10, "late");
    Queued<Boolean> joined = submit(until(10), 10, "joined");
    joined.alsoFor(until(30));
    nanos.set(20);
    assertInstanceOf(ExpiredException.class, failure(submit(until(20), 10, "too late")));
    gate.countDown();
    assertTrue(joined.get(30, TimeUnit.SECONDS));
    assertInstanceOf(ExpiredException.class, failure(late));
    assertEquals(List.of("joined"), ran);
    assertEquals(0, pool.heldBytes());
  }

  @Test
  void itIsKnownHowLongWorkWaitedAndRan() throws Exception {
    Pass pass = pass(Lane.BATCH);
    Queued<Boolean> work =
        pool.submit(
            pass,
            0,
            token -> {
              nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(3));
              return true;
            });
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(2));
    gate.countDown();
    assertTrue(work.get(30, TimeUnit.SECONDS));
    assertEquals(2000, pass.times().micros(Stage.DSP_QUEUE));
    assertEquals(3000, pass.times().micros(Stage.DSP));
  }

  @Test
  void whatARequestBroughtIsHeldUntilWorkThatRunsIsOverWhoeverLeaves() throws Exception {
    CountingLoad load = new CountingLoad();
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Queued<Boolean> work =
        pool.submit(
            load.pass(),
            10,
            token -> {
              running.countDown();
              return end.await(30, TimeUnit.SECONDS);
            });
    Queued<Boolean> waiting = submit(load.pass(), 10, "waits");
    gate.countDown();
    assertTrue(running.await(30, TimeUnit.SECONDS));
    waiting.cancel(true);
    assertEquals(List.of(Outcome.IGNORED), load.released);
    work.cancel(true);
    assertEquals(1, load.out());
    end.countDown();
    note(Lane.BATCH, "next").get(30, TimeUnit.SECONDS);
    assertEquals(0, load.out());
  }

  private static Pass until(long nanos) {
    return TestPass.of(Lane.BATCH, Deadline.at(nanos));
  }

  private static Throwable failure(CompletableFuture<?> work) {
    return assertThrows(ExecutionException.class, () -> work.get(30, TimeUnit.SECONDS)).getCause();
  }

  private Queued<Boolean> submit(Pass pass, long bytes, String name) {
    return pool.submit(pass, bytes, token -> ran.add(name));
  }

  private CompletableFuture<Boolean> note(Lane lane, String name) {
    return pool.submit(pass(lane), 0, token -> ran.add(name));
  }

  private static Pass pass(Lane lane) {
    return TestPass.of(lane, "a caller");
  }
}
