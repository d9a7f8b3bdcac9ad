package dev.tutti.server.evaluate;

import dev.tutti.core.metrics.EvaluationAccumulator;
import dev.tutti.server.async.Futures;
import dev.tutti.server.classify.Classification;
import dev.tutti.server.error.ExpiredException;
import dev.tutti.server.error.SampleFailedException;
import dev.tutti.server.error.UnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

/**
 * One evaluation under way: up to so many samples are classified at once, their outcomes leave in
 * the order in which the samples came, and one writer adds to the metrics.
 */
public final class EvaluationSession {
  private final ScoringOptions options;
  private final EvaluationConfig config;
  private final UnaryOperator<CompletableFuture<Classification>> inTime;
  private final EvaluationListener listener;
  private final Executor serial;
  private final Clock clock;
  private final Instant start;
  private final EvaluationAccumulator accumulator;

  private final Object lock = new Object();
  private final Deque<Pending> window = new ArrayDeque<>();
  private long submitted;
  private long inFlightBytes;
  private boolean inputEnded;
  private boolean over;

  // Only on the serial executor.
  private long completed;
  private long failed;

  /**
   * @param inTime a sample's answer, which fails as soon as it is known to come too late
   * @param serial runs one task at a time, in order; the listener is called on it
   */
  public EvaluationSession(
      ScoringOptions options,
      EvaluationConfig config,
      UnaryOperator<CompletableFuture<Classification>> inTime,
      EvaluationListener listener,
      Executor serial,
      Clock clock) {
    this.options = options;
    this.config = config;
    this.inTime = inTime;
    this.listener = listener;
    this.serial = serial;
    this.clock = clock;
    this.start = clock.instant();
    this.submitted = options.first();
    this.accumulator = new EvaluationAccumulator(options.thresholds());
  }

  /** How many more samples may be submitted now. */
  public int room() {
    synchronized (lock) {
      boolean full = inFlightBytes >= config.maxInFlightBytes();
      return over || inputEnded || full ? 0 : config.maxInFlight() - window.size();
    }
  }

  /** Whether nothing is under way and more samples may come. */
  public boolean idle() {
    synchronized (lock) {
      return !over && !inputEnded && window.isEmpty();
    }
  }

  /** Begins the next sample. */
  public void submit(LabeledInput input) {
    Pending pending;
    synchronized (lock) {
      if (over || inputEnded) {
        return;
      }
      pending = new Pending(submitted++, input, new CompletableFuture<>());
      window.addLast(pending);
      inFlightBytes += input.bytes();
    }
    CompletableFuture<Classification> classification;
    try {
      classification = inTime.apply(input.classify().get());
    } catch (RuntimeException e) {
      classification = CompletableFuture.failedFuture(e);
    }
    pending.follow(classification);
    // On the outcome, not on what it follows: a future calls back in no promised order.
    pending.outcome.whenComplete((unused, failure) -> serial.execute(this::advance));
  }

  /** There are no more samples. */
  public void endInput() {
    synchronized (lock) {
      inputEnded = true;
    }
    serial.execute(this::advance);
  }

  /** Gives up; nobody listens any more. */
  public void cancel() {
    Deque<Pending> dropped;
    synchronized (lock) {
      over = true;
      dropped = new ArrayDeque<>(window);
      window.clear();
    }
    dropped.forEach(pending -> pending.outcome.cancel(true));
  }

  private void advance() {
    boolean moved = false;
    while (true) {
      Pending head;
      synchronized (lock) {
        if (over || window.isEmpty() || !window.peekFirst().outcome.isDone()) {
          break;
        }
        head = window.removeFirst();
        inFlightBytes -= head.input.bytes();
      }
      moved = true;
      try {
        if (!score(head)) {
          return;
        }
      } catch (RuntimeException e) {
        // A row that is no probabilities, above all. It must not leave the evaluation open.
        end(e);
        return;
      }
    }
    boolean finished;
    synchronized (lock) {
      finished = !over && inputEnded && window.isEmpty();
      over |= finished;
    }
    if (finished) {
      summarise();
    } else if (moved) {
      listener.onRoom();
    }
  }

  private void summarise() {
    try {
      listener.onSummary(accumulator.report(), failed, start, elapsed());
    } catch (RuntimeException e) {
      listener.onFailure(e);
    }
  }

  /** Returns false when the evaluation ends with this sample's failure. */
  private boolean score(Pending pending) {
    LabeledInput input = pending.input;
    Throwable failure = pending.failure();
    if (failure != null) {
      if (!options.skipBroken() || endsTheCall(failure)) {
        end(new SampleFailedException(pending.index, input.id(), failure));
        return false;
      }
      failed++;
      listener.onSample(
          new ScoredSample(
              pending.index,
              input.id(),
              input.truth(),
              input.noteIds(),
              Optional.empty(),
              false,
              Optional.of(failure)));
    } else {
      Classification classification = pending.outcome.join();
      accumulator.add(input.truth(), classification.probabilities());
      boolean exact =
          options.thresholds().decide(classification.probabilities()).equals(input.truth());
      listener.onSample(
          new ScoredSample(
              pending.index,
              input.id(),
              input.truth(),
              input.noteIds(),
              Optional.of(classification),
              exact,
              Optional.empty()));
    }
    completed++;
    if (completed % options.progressInterval() == 0) {
      listener.onProgress(completed, options.total(), failed, accumulator.running(), elapsed());
    }
    return true;
  }

  /** Whether all further samples would fail like this one: it is not the sample that is broken. */
  private static boolean endsTheCall(Throwable failure) {
    if (failure instanceof UnavailableException unavailable) {
      return unavailable.retryAfter().isPresent();
    }
    return failure instanceof ExpiredException expired && expired.deadlineNanos().isPresent();
  }

  private void end(Throwable failure) {
    synchronized (lock) {
      if (over) {
        return;
      }
    }
    cancel();
    listener.onFailure(failure);
  }

  private Duration elapsed() {
    return Duration.between(start, clock.instant());
  }

  private record Pending(
      long index, LabeledInput input, CompletableFuture<Classification> outcome) {

    /** Takes over the outcome, and passes a cancellation on. */
    void follow(CompletableFuture<Classification> classification) {
      classification.whenComplete(
          (value, failure) -> {
            if (failure == null) {
              outcome.complete(value);
            } else {
              outcome.completeExceptionally(failure);
            }
          });
      outcome.whenComplete(
          (value, failure) -> {
            if (outcome.isCancelled()) {
              classification.cancel(true);
            }
          });
    }

    Throwable failure() {
      return outcome
          .handle((value, failure) -> failure == null ? null : Futures.unwrap(failure))
          .join();
    }
  }
}
