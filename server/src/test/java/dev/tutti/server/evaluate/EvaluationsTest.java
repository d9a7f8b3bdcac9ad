package dev.tutti.server.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.core.label.LabelVector;
import dev.tutti.server.admission.Deadline;
import dev.tutti.server.bank.Bank;
import dev.tutti.server.bank.Edition;
import dev.tutti.server.bank.Outlook;
import dev.tutti.server.bank.ServedBanks;
import dev.tutti.server.classify.Classification;
import dev.tutti.server.classify.TestBank;
import dev.tutti.server.error.SampleFailedException;
import dev.tutti.server.error.UnavailableException;
import dev.tutti.server.time.SteppedTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class EvaluationsTest {
  private static final Bank BANK = TestBank.BANK;
  private static final Deadline IN_TWO_SECONDS = Deadline.at(Duration.ofSeconds(2).toNanos());

  private final SteppedTime time = new SteppedTime();
  private final ServedBanks banks = new ServedBanks("default", Map.of());
  private final Outlook outlook = new Outlook(banks, time.clock(), time::nanos);
  private final RecordingListener heard = new RecordingListener();
  private final CompletableFuture<Classification> work = new CompletableFuture<>();
  private final Evaluations evaluations =
      new Evaluations(
          new EvaluationConfig(4, 100, 1, 1),
          () -> Runnable::run,
          new Idling(time, time::nanos, Duration.ofSeconds(1), Duration.ofMinutes(1)),
          outlook,
          time.clock());
  private Optional<Instant> readyAt = Optional.of(Instant.MIN);

  @Test
  void anEvaluationEndsAtOnceWhenNoWorkerCanBeReadyBeforeItsDeadline() {
    serve();
    readyAt = Optional.of(time.clock().instant().plusSeconds(3));
    begin(IN_TWO_SECONDS);
    assertEquals(Optional.of(Duration.ofSeconds(3)), reason().retryAfter());
    assertTrue(work.isCancelled());
  }

  @Test
  void oneUnderWayEndsWhenTheLastWorkerIsLostForTooLong() {
    serve();
    begin(IN_TWO_SECONDS);
    assertEquals(Optional.empty(), heard.failure);
    readyAt = Optional.of(time.clock().instant().plusSeconds(3));
    outlook.recheck();
    assertEquals(Optional.of(Duration.ofSeconds(3)), reason().retryAfter());
  }

  @Test
  void oneThatSkipsBrokenSamplesEndsToo() {
    serve();
    readyAt = Optional.of(time.clock().instant().plusSeconds(3));
    begin(IN_TWO_SECONDS, true);
    assertEquals(Optional.of(Duration.ofSeconds(3)), reason().retryAfter());
  }

  @Test
  void oneWithoutADeadlineWaitsForAWorker() {
    serve();
    readyAt = Optional.of(time.clock().instant().plusSeconds(3));
    begin(Deadline.NONE);
    assertEquals(Optional.empty(), heard.failure);
  }

  private void serve() {
    Edition edition = new Edition(0);
    edition.expect(() -> readyAt);
    edition.offer(BANK);
    banks.serve(edition, true);
  }

  private void begin(Deadline deadline) {
    begin(deadline, false);
  }

  private void begin(Deadline deadline, boolean skipBroken) {
    evaluations
        .begin(
            new ScoringOptions(BANK, BANK.thresholds(), false, skipBroken, 2, 0, 1),
            deadline,
            heard,
            Runnable::run)
        .submit(
            new LabeledInput(
                "a clip", new LabelVector(BANK.families(), 1), List.of(), 0, () -> work));
  }

  private UnavailableException reason() {
    SampleFailedException failure =
        assertInstanceOf(SampleFailedException.class, heard.failure.orElseThrow());
    return assertInstanceOf(UnavailableException.class, failure.getCause());
  }
}
