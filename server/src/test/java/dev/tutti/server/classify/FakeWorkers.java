package dev.tutti.server.classify;

import dev.tutti.core.spectrogram.Spectrogram;
import dev.tutti.server.batching.Batch;
import dev.tutti.server.batching.BatchAnswer;
import dev.tutti.server.batching.BatchSink;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Workers with room for any number of batches or for none, that answer at once or when a test says
 * so. A row's probability is the first value of its spectrogram, kept within 0..1, for every
 * family. Safe for several threads.
 */
public final class FakeWorkers implements BatchSink {
  private record Sent(List<Spectrogram> rows, CompletableFuture<BatchAnswer> answer) {}

  private final Deque<Sent> waiting = new ArrayDeque<>();
  private volatile boolean room;
  private volatile Runnable listener = () -> {};
  private final boolean atOnce;
  private final Function<Spectrogram, Float> probability;
  private int samples;

  private FakeWorkers(boolean room, boolean atOnce, Function<Spectrogram, Float> probability) {
    this.room = room;
    this.atOnce = atOnce;
    this.probability = probability;
  }

  /** Workers that answer at once, and everything with the same probability. */
  public static FakeWorkers answering(float probability) {
    return new FakeWorkers(true, true, spectrogram -> probability);
  }

  /** Workers that answer at once, with a probability that depends on what they are given. */
  public static FakeWorkers hearing(Function<Spectrogram, Float> probability) {
    return new FakeWorkers(true, true, probability);
  }

  public static FakeWorkers answeringAtOnce() {
    return new FakeWorkers(true, true, FakeWorkers::firstValue);
  }

  public static FakeWorkers answeringWhenTold() {
    return new FakeWorkers(true, false, FakeWorkers::firstValue);
  }

  /** Workers that have no room for anything. */
  public static FakeWorkers busy() {
    return new FakeWorkers(false, false, FakeWorkers::firstValue);
  }

  /** From now on there is room for any number of batches, or for none. */
  public void setRoom(boolean room) {
    this.room = room;
    listener.run();
  }

  /** Answers the batch that came first. */
  public void answerNext() {
    answer(next().orElseThrow());
  }

  /** Samples that came so far. */
  public synchronized int samples() {
    return samples;
  }

  /** Answers all batches that wait, and those that come of it. */
  public void answerAll() {
    for (Optional<Sent> batch = next(); batch.isPresent(); batch = next()) {
      answer(batch.get());
    }
  }

  /** Fails all batches that wait. */
  public void failAll(Throwable failure) {
    List<Sent> failing = new ArrayList<>();
    synchronized (this) {
      failing.addAll(waiting);
      waiting.clear();
    }
    failing.forEach(batch -> batch.answer.completeExceptionally(failure));
  }

  @Override
  public Optional<Slot> tryAcquire(String bank) {
    return room ? Optional.of(new Unlimited()) : Optional.empty();
  }

  @Override
  public void onRoom(Runnable listener) {
    this.listener = listener;
  }

  private final class Unlimited implements Slot {
    @Override
    public CompletableFuture<BatchAnswer> run(Batch batch) {
      return FakeWorkers.this.run(batch.rows());
    }

    @Override
    public void giveBack() {}
  }

  private CompletableFuture<BatchAnswer> run(List<Spectrogram> rows) {
    Sent batch = new Sent(rows, new CompletableFuture<>());
    synchronized (this) {
      samples += rows.size();
      if (!atOnce) {
        waiting.add(batch);
      }
    }
    if (atOnce) {
      answer(batch);
    }
    return batch.answer;
  }

  private static float firstValue(Spectrogram spectrogram) {
    return Math.min(1, Math.max(0, spectrogram.values()[0]));
  }

  private synchronized Optional<Sent> next() {
    return Optional.ofNullable(waiting.pollFirst());
  }

  private void answer(Sent batch) {
    List<float[]> rows = new ArrayList<>();
    for (Spectrogram spectrogram : batch.rows) {
      float[] row = new float[TestBank.FAMILIES.size()];
      Arrays.fill(row, probability.apply(spectrogram));
      rows.add(row);
    }
    batch.answer.complete(new BatchAnswer(rows, "worker-1", 3, 7));
  }
}
