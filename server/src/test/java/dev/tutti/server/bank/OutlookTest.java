package dev.tutti.server.bank;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.server.admission.Deadline;
import dev.tutti.server.classify.TestBank;
import dev.tutti.server.error.UnavailableException;
import dev.tutti.server.time.SteppedTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutlookTest {
  private static final String DIGEST = TestBank.BANK.digest();
  private static final Deadline IN_TWO_SECONDS = Deadline.at(Duration.ofSeconds(2).toNanos());

  private final SteppedTime time = new SteppedTime();
  private final ServedBanks banks = new ServedBanks("default", Map.of());
  private final Edition edition = new Edition(0);
  private final Outlook outlook = new Outlook(banks, time.clock(), time::nanos);
  private final CompletableFuture<String> work = new CompletableFuture<>();
  private Optional<Instant> readyAt = Optional.of(Instant.MIN);

  @BeforeEach
  void serve() {
    edition.expect(() -> readyAt);
    edition.offer(TestBank.BANK);
    banks.serve(edition, true);
  }

  @Test
  void aCallWaitsForAWorkerThatMayBeReadyInTime() {
    readyAt = Optional.of(time.clock().instant().plusSeconds(2));
    CompletableFuture<String> call = outlook.inTime(work, DIGEST, IN_TWO_SECONDS);
    assertFalse(call.isDone());
    work.complete("answer");
    assertEquals("answer", call.join());
  }

  @Test
  void aCallWhoseDeadlineComesBeforeAnyWorkerIsRefusedAtOnceAndItsWorkIsGivenUp() {
    readyAt = Optional.of(time.clock().instant().plusSeconds(3));
    CompletableFuture<String> call = outlook.inTime(work, DIGEST, IN_TWO_SECONDS);
    assertEquals(Optional.of(Duration.ofSeconds(3)), refusal(call).retryAfter());
    assertTrue(work.isCancelled());
  }

  @Test
  void aCallThatWaitsIsRefusedWhenTheLastWorkerIsLost() {
    CompletableFuture<String> call = outlook.inTime(work, DIGEST, IN_TWO_SECONDS);
    time.advance(Duration.ofSeconds(1));
    outlook.recheck();
    assertFalse(call.isDone());
    readyAt = Optional.of(time.clock().instant().plusMillis(1500));
    outlook.recheck();
    assertEquals(Optional.of(Duration.ofMillis(1500)), refusal(call).retryAfter());
  }

  @Test
  void whatIsAnsweredAlreadyIsAnsweredWithoutAWorker() {
    readyAt = Optional.of(time.clock().instant().plusSeconds(3));
    work.complete("cached");
    assertEquals("cached", outlook.inTime(work, DIGEST, IN_TWO_SECONDS).join());
  }

  @Test
  void aCallThatWaitsForEverIsNotRefused() {
    readyAt = Optional.of(Instant.MAX);
    assertFalse(outlook.inTime(work, DIGEST, Deadline.NONE).isDone());
  }

  @Test
  void whoeverCancelsACallCancelsItsWork() {
    outlook.inTime(work, DIGEST, IN_TWO_SECONDS).cancel(true);
    assertTrue(work.isCancelled());
  }

  @Test
  void aBankOfWhoseWorkersNothingIsKnownIsWaitedFor() {
    readyAt = Optional.empty();
    assertFalse(outlook.inTime(work, DIGEST, Deadline.at(1)).isDone());
  }

  private static UnavailableException refusal(CompletableFuture<?> call) {
    assertTrue(call.isDone());
    return assertInstanceOf(
        UnavailableException.class, assertThrows(CompletionException.class, call::join).getCause());
  }
}
