package dev.tutti.server.batching;

import dev.tutti.core.spectrogram.Spectrogram;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Workers that answer when the test says so: each row with the first value of its spectrogram. */
final class FakeSink implements BatchSink {
  private int room;
  private Runnable listener = () -> {};
  final List<Batch> batches = new ArrayList<>();

  FakeSink(int room) {
    this.room = room;
  }

  /** One batch that was sent. */
  final class Batch {
    final List<Spectrogram> rows;
    private final CompletableFuture<List<float[]>> answer = new CompletableFuture<>();

    Batch(List<Spectrogram> rows) {
      this.rows = rows;
    }

    void answer() {
      room++;
      answer.complete(rows.stream().map(row -> new float[] {row.values()[0]}).toList());
    }

    void fail(Throwable failure) {
      room++;
      answer.completeExceptionally(failure);
    }

    List<Float> values() {
      return rows.stream().map(row -> row.values()[0]).toList();
    }
  }

  Batch last() {
    return batches.get(batches.size() - 1);
  }

  void setRoom(int room) {
    this.room = room;
    listener.run();
  }

  @Override
  public Optional<Slot> tryAcquire() {
    if (room == 0) {
      return Optional.empty();
    }
    room--;
    return Optional.of(
        rows -> {
          Batch batch = new Batch(rows);
          batches.add(batch);
          return batch.answer;
        });
  }

  @Override
  public void onRoom(Runnable newListener) {
    listener = newListener;
  }
}
