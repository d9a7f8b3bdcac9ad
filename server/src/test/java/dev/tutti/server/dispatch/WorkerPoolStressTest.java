package dev.tutti.server.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.core.spectrogram.Spectrogram;
import dev.tutti.server.async.Futures;
import dev.tutti.server.bank.Edition;
import dev.tutti.server.bank.EditionObserver;
import dev.tutti.server.bank.ServedBanks;
import dev.tutti.server.batching.Batch;
import dev.tutti.server.batching.BatchAnswer;
import dev.tutti.server.batching.BatchSink;
import dev.tutti.server.batching.WorkerLostException;
import dev.tutti.server.classify.TestBank;
import dev.tutti.server.error.OverloadedException;
import dev.tutti.server.supervision.FakeWorkerHandle;
import dev.tutti.server.supervision.WorkerAddress;
import dev.tutti.server.supervision.WorkerEnd;
import dev.tutti.server.supervision.WorkerListener;
import dev.tutti.server.time.Interleaving;
import dev.tutti.worker.v1.DescribeBankResponse;
import io.grpc.Status;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The pool under many interleavings of workers that come, turn suspect and go, and of batches that
 * are sent, answered, refused and lost. A failure names its seed.
 */
class WorkerPoolStressTest {
  private static final int FEW = 3000;
  private static final int MANY = 100_000;

  @Test
  void whateverTheOrderEachRoomComesBackOnceEachBatchIsAnsweredOnceAndTheSizeIsTrue()
      throws Exception {
    run(FEW);
  }

  @Test
  @Tag("stress")
  void theSameForVeryManyOrders() throws Exception {
    run(MANY);
  }

  private static void run(int schedules) throws Exception {
    DescribeBankResponse description = describe();
    try (Interleaving threads = new Interleaving()) {
      for (int seed = 0; seed < schedules; seed++) {
        try {
          new Schedule(threads, seed, description).run();
        } catch (Throwable e) {
          throw new AssertionError("seed " + seed, e);
        }
      }
    }
  }

  /** What a worker that runs at most two rows at once says of itself. */
  private static DescribeBankResponse describe() throws Exception {
    FakeInferenceWorker worker = new FakeInferenceWorker(0, TestBank.BANK.digest());
    worker.runsBatchesOf(1, 2);
    try {
      return worker.description();
    } finally {
      worker.vanish();
    }
  }

  /** One batch and what became of it. */
  private record Sent(float value, int rows, CompletableFuture<BatchAnswer> answer) {}

  /** One process of a worker. */
  private record Life(FakeWorkerHandle worker, ScriptedChannel channel) {}

  private static final class Schedule {
    private static final int PERMITS = 2;
    private static final List<WorkerEnd.Kind> ENDS =
        List.of(
            WorkerEnd.Kind.CRASHED,
            WorkerEnd.Kind.OUT_OF_MEMORY,
            WorkerEnd.Kind.KILLED,
            WorkerEnd.Kind.DRAINED);
    private static final int WORKERS = 2;

    private final Interleaving threads;
    private final SplittableRandom random;
    private final SplittableRandom choices;
    private final DescribeBankResponse description;
    private final ServedBanks banks = new ServedBanks("default", Map.of());
    private final Edition edition = new Edition(0);
    private final Map<String, ScriptedChannel> channels = new HashMap<>();
    private final List<Life> lives = new ArrayList<>();
    private final List<Sent> sent = new ArrayList<>();
    private final boolean[] serves = new boolean[WORKERS];
    private final WorkerPool pool;
    private final WorkerListener listener;
    private int size;
    private int scriptsLeft;

    Schedule(Interleaving threads, long seed, DescribeBankResponse description) {
      this.threads = threads;
      this.random = new SplittableRandom(seed);
      this.choices = random.split();
      this.description = description;
      this.pool =
          new WorkerPool(
              new DispatchConfig(PERMITS, Duration.ofMinutes(1)),
              banks,
              address -> channels.get(address.text()),
              Clock.systemUTC(),
              System::nanoTime);
      banks.serve(edition, true);
      this.listener = pool.members(edition, new Unheard());
      pool.onSize(
          open -> {
            threads.step();
            size = open;
          });
      pool.onRoom(threads::step);
    }

    void run() throws InterruptedException {
      List<Runnable> scripts = new ArrayList<>();
      for (int i = 0; i < WORKERS; i++) {
        int slot = i;
        scripts.add(() -> counted(() -> supervise(slot)));
        scripts.add(() -> counted(this::dispatch));
      }
      scriptsLeft = scripts.size();
      scripts.add(this::work);
      threads.run(random, scripts);
      check();
    }

    /** What a supervisor tells of its worker, in the order of its serial context. */
    private void supervise(int slot) {
      for (int incarnation = 0; incarnation < 2; incarnation++) {
        String place = "worker-" + slot;
        Life life = start(slot + ":" + (1 + incarnation));
        listener.onReady(place, life.worker);
        serves[slot] = true;
        threads.step();
        if (choices.nextBoolean()) {
          serves[slot] = false;
          listener.onSuspect(place);
          threads.step();
          if (choices.nextBoolean()) {
            listener.onReady(place, life.worker);
            serves[slot] = true;
            threads.step();
          }
        }
        if (incarnation == 0 || choices.nextBoolean()) {
          serves[slot] = false;
          end(place, life);
        }
      }
    }

    private void counted(Runnable script) {
      try {
        script.run();
      } finally {
        scriptsLeft--;
      }
    }

    private Life start(String name) {
      WorkerAddress address = new WorkerAddress("worker:" + name.replace(":", "0"));
      Life life =
          new Life(new FakeWorkerHandle(address), new ScriptedChannel(threads, description));
      channels.put(address.text(), life.channel);
      lives.add(life);
      return life;
    }

    private void end(String place, Life life) {
      WorkerEnd.Kind kind = ENDS.get(choices.nextInt(ENDS.size()));
      if (kind == WorkerEnd.Kind.DRAINED) {
        listener.onGone(place); // What it has it may finish.
        threads.step();
      } else {
        life.worker.vanish();
        threads.step();
        while (!life.channel.calls.isEmpty()) {
          life.channel.fail(Status.UNAVAILABLE);
        }
        listener.onGone(place);
        threads.step();
      }
      if (kind != WorkerEnd.Kind.DRAINED) {
        life.worker.end(kind, 137, "");
      }
    }

    private void dispatch() {
      for (int i = 0; i < 6; i++) {
        Optional<BatchSink.Slot> room = pool.tryAcquire(TestBank.BANK.digest());
        threads.step();
        if (room.isPresent()) {
          int rows = 1 + choices.nextInt(4);
          float value = sent.size();
          List<Spectrogram> batch = new ArrayList<>();
          for (int row = 0; row < rows; row++) {
            batch.add(TestBank.spectrogram(value + row / 8f));
          }
          Sent sending = new Sent(value, rows, new CompletableFuture<>());
          sent.add(sending);
          room.get()
              .run(new Batch(batch, Set.of()))
              .whenComplete(
                  (answer, failure) -> {
                    boolean first =
                        failure == null
                            ? sending.answer.complete(answer)
                            : sending.answer.completeExceptionally(failure);
                    assertTrue(first, "answered twice");
                  });
        }
        threads.step();
      }
    }

    /** What the workers do with the batches they have, until nothing is left to do. */
    private void work() {
      while (scriptsLeft > 0 || lives.stream().anyMatch(life -> !life.channel.calls.isEmpty())) {
        for (Life life : List.copyOf(lives)) {
          assertTrue(life.channel.calls.size() <= PERMITS, "more than its permits");
          if (!life.channel.calls.isEmpty() && choices.nextInt(3) > 0) {
            if (choices.nextInt(5) == 0) {
              life.channel.fail(Status.RESOURCE_EXHAUSTED);
            } else {
              life.channel.answer();
            }
          }
          threads.step();
        }
        threads.step();
      }
    }

    private void check() {
      int open = 0;
      for (boolean serving : serves) {
        open += serving ? 1 : 0;
      }
      assertEquals(open, size, "the size that was announced last");
      for (Sent each : sent) {
        assertTrue(each.answer.isDone(), "a batch was lost");
        each.answer.handle((answer, failure) -> check(each, answer, failure)).join();
      }
      int rooms = 0;
      while (pool.tryAcquire(TestBank.BANK.digest()).isPresent()) {
        rooms++;
      }
      assertEquals(open * PERMITS, rooms, "rooms that came back");
      pool.close();
      assertTrue(lives.stream().allMatch(life -> life.channel.isShutdown()), "an open channel");
    }

    private static boolean check(Sent each, BatchAnswer answer, Throwable failure) {
      if (failure != null) {
        Throwable cause = Futures.unwrap(failure);
        assertTrue(
            cause instanceof WorkerLostException || cause instanceof OverloadedException,
            cause.toString());
        return false;
      }
      assertEquals(each.rows, answer.rows().size());
      for (int row = 0; row < each.rows; row++) {
        assertEquals(each.value + row / 8f, answer.rows().get(row)[0]);
      }
      return true;
    }
  }

  private static final class Unheard implements EditionObserver {
    @Override
    public void onFit(String worker) {}

    @Override
    public void onUnfit(String worker, String reason) {}
  }
}
