package dev.tutti.server.batching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.core.spectrogram.Spectrogram;
import dev.tutti.server.admission.Deadline;
import dev.tutti.server.admission.Pass;
import dev.tutti.server.admission.Permit;
import dev.tutti.server.admission.Queued;
import dev.tutti.server.error.ExpiredException;
import dev.tutti.server.error.InvalidInputException;
import dev.tutti.server.error.OverloadedException;
import dev.tutti.server.error.UnavailableException;
import dev.tutti.server.time.SteppedTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A batcher with samples and workers that do what they are told, and every promise about them. A
 * sample's only value is its number, and so is its answer. Safe for several threads.
 */
final class ScheduledWorkers implements BatchSink {
  /** What a test does to a batch. */
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private record Sent(List<Integer> samples, CompletableFuture<BatchAnswer> answer) {}

  private record Sample(int number, Queued<Inference> outcome) {}

  final SteppedTime time = new SteppedTime();
  private final BatchPolicy policy;
  private final Batcher batcher;
  private final List<Sample> samples = new ArrayList<>();
  private final List<Sent> underWay = new ArrayList<>();
  private final Set<Integer> cancelled = new HashSet<>();
  private final Map<Integer, String> banks = new HashMap<>();
  private final Map<Integer, Integer> crashes = new HashMap<>();
  private final Map<Integer, Integer> losses = new HashMap<>();
  private Runnable listener = () -> {};
  private Runnable whileSending = () -> {};
  private int room;
  private int submitted;

  /** Of each sample, what its callers wait until. */
  private final Map<Integer, Deadline> deadlines = new HashMap<>();

  /** Permits on what requests brought, that are out. */
  private final AtomicInteger held = new AtomicInteger();

  ScheduledWorkers(BatchPolicy policy) {
    this.policy = policy;
    this.batcher = new Batcher(policy, this, time, time::nanos);
  }

  void whileSending(Runnable step) {
    whileSending = step;
  }

  void submit(String bank, Pass pass) {
    int number;
    synchronized (this) {
      number = submitted++;
      banks.put(number, bank);
      deadlines.put(number, pass.deadline());
    }
    Queued<Inference> outcome =
        batcher.submit(Spectrogram.of(1, 1, new float[] {number}), bank, counted(pass));
    synchronized (this) {
      samples.add(new Sample(number, outcome));
    }
  }

  private Pass counted(Pass pass) {
    return new Pass(
        pass.lane(),
        pass.deadline(),
        pass.caller(),
        pass.requestId(),
        pass.times(),
        () -> {
          held.incrementAndGet();
          return new Permit(outcome -> held.decrementAndGet());
        });
  }

  void cancelOne(SplittableRandom random) {
    any(random)
        .ifPresent(
            sample -> {
              synchronized (this) {
                cancelled.add(sample.number);
              }
              sample.outcome.cancel(true);
            });
  }

  /** Another caller waits for a sample. */
  void joinOne(SplittableRandom random, Pass joiner) {
    any(random)
        .ifPresent(
            sample -> {
              synchronized (this) {
                if (!sample.outcome.isDone()) {
                  deadlines.merge(sample.number, joiner.deadline(), Deadline::later);
                }
              }
              sample.outcome.alsoFor(joiner);
            });
  }

  private synchronized Optional<Sample> any(SplittableRandom random) {
    return samples.isEmpty()
        ? Optional.empty()
        : Optional.of(samples.get(random.nextInt(samples.size())));
  }

  void setRoom(int newRoom) {
    synchronized (this) {
      room = newRoom;
    }
    listener.run();
  }

  /** A batch is answered, refused, or lost with its worker. */
  void endOne(SplittableRandom random) {
    Optional<Sent> batch;
    synchronized (this) {
      batch =
          underWay.isEmpty()
              ? Optional.empty()
              : Optional.of(underWay.remove(random.nextInt(underWay.size())));
      room += batch.isPresent() ? 1 : 0;
    }
    batch.ifPresent(
        ending -> {
          switch (random.nextInt(6)) {
            case 0 -> ending.answer.completeExceptionally(new Refused());
            case 1 -> lose(ending, true);
            case 2 -> lose(ending, false);
            default -> answer(ending);
          }
        });
  }

  private void lose(Sent batch, boolean crashed) {
    synchronized (this) {
      batch.samples.forEach(
          number -> {
            losses.merge(number, 1, Integer::sum);
            crashes.merge(number, crashed ? 1 : 0, Integer::sum);
          });
    }
    batch.answer.completeExceptionally(new WorkerLostException("lost", crashed));
  }

  private static void answer(Sent batch) {
    batch.answer.complete(
        new BatchAnswer(
            batch.samples.stream().map(number -> new float[] {number}).toList(), "worker", 3, 7));
  }

  @Override
  public synchronized Optional<Slot> tryAcquire(String bank) {
    if (room <= 0) {
      return Optional.empty();
    }
    room--;
    return Optional.of(
        new Slot() {
          @Override
          public CompletableFuture<BatchAnswer> run(Batch batch) {
            return ScheduledWorkers.this.run(bank, batch.rows());
          }

          @Override
          public void giveBack() {
            synchronized (ScheduledWorkers.this) {
              room++;
            }
          }
        });
  }

  @Override
  public void onRoom(Runnable newListener) {
    listener = newListener;
  }

  private CompletableFuture<BatchAnswer> run(String bank, List<Spectrogram> rows) {
    List<Integer> numbers = rows.stream().map(row -> (int) row.values()[0]).toList();
    Sent batch = new Sent(numbers, new CompletableFuture<>());
    synchronized (this) {
      assertFalse(numbers.isEmpty(), "an empty batch");
      assertTrue(numbers.size() <= policy.maxBatchSize(), "too large a batch");
      for (int number : numbers) {
        assertEquals(bank, banks.get(number), "a sample went to another bank");
        assertFalse(deadlines.get(number).hasPassed(time.nanos()), "a sample was sent too late");
        assertTrue(
            numbers.size() == 1 || crashes.getOrDefault(number, 0) == 0,
            "a suspect travels with others");
        assertTrue(
            underWay.stream().noneMatch(other -> other.samples.contains(number)),
            "a sample is under way twice");
      }
      underWay.add(batch);
    }
    whileSending.run();
    return batch.answer;
  }

  /** Everybody answers at last; then every promise is looked at. */
  void end() {
    setRoom(Integer.MAX_VALUE / 2);
    for (int idle = 0; idle < 3; idle++) {
      time.advance(policy.batchTimeout());
      for (Optional<Sent> batch = next(); batch.isPresent(); batch = next()) {
        answer(batch.get());
        idle = 0;
      }
    }
    assertEquals(0, batcher.queued(), "samples wait forever");
    assertEquals(0, batcher.queuedBytes(), "bytes of nothing");
    assertEquals(0, held.get(), "permits that were not released");
    samples.forEach(this::check);
    batcher.close();
    time.advance(Duration.ofSeconds(10));
    assertEquals(0, time.pending(), "wake-ups for nothing");
  }

  private synchronized Optional<Sent> next() {
    return underWay.isEmpty() ? Optional.empty() : Optional.of(underWay.remove(0));
  }

  private void check(Sample sample) {
    assertTrue(sample.outcome.isDone(), "a sample has no outcome");
    Throwable failure = sample.outcome.handle((row, problem) -> problem).join();
    if (failure == null) {
      assertEquals(
          sample.number, sample.outcome.join().probabilities()[0], "another sample's answer");
    } else if (failure instanceof CancellationException) {
      assertTrue(cancelled.contains(sample.number), "another's cancel harmed a sample");
    } else if (failure instanceof InvalidInputException) {
      assertEquals(2, crashes.get(sample.number), "an innocent is quarantined");
    } else if (failure instanceof UnavailableException) {
      assertEquals(5, losses.get(sample.number), "given up too early");
    } else if (failure instanceof ExpiredException expired && expired.deadlineNanos().isPresent()) {
      Deadline passed = Deadline.at(expired.deadlineNanos().getAsLong());
      assertTrue(passed.hasPassed(time.nanos()), "given up before its deadline");
      assertFalse(deadlines.get(sample.number).isAfter(passed), "a later caller was forgotten");
    } else {
      assertTrue(
          failure instanceof OverloadedException
              || failure instanceof ExpiredException
              || failure instanceof Refused,
          "a failure that nobody caused: " + failure);
    }
  }
}
