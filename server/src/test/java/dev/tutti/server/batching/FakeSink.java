package dev.tutti.server.batching;

import dev.tutti.core.spectrogram.Spectrogram;
import dev.tutti.server.error.UnavailableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Workers that answer when the test says so: each row with the first value of its spectrogram. */
class FakeSink implements BatchSink {
  private int room;
  private Runnable listener = () -> {};
  final List<Sent> batches = new ArrayList<>();

  /** What happens while room is looked for. */
  Runnable whileAcquiring = () -> {};

  /** Banks whose workers are all busy. */
  final Set<String> busy = new HashSet<>();

  /** Banks that nobody will answer for. */
  final Map<String, UnavailableException> refused = new HashMap<>();

  FakeSink(int room) {
    this.room = room;
  }

  /** One batch that was sent. */
  final class Sent {
    final List<Spectrogram> rows;
    final Set<String> requestIds;
    private final CompletableFuture<BatchAnswer> answer = new CompletableFuture<>();

    Sent(Batch batch) {
      this.rows = batch.rows();
      this.requestIds = batch.requestIds();
    }

    void answer() {
      room++;
      answer.complete(
          new BatchAnswer(
              rows.stream().map(row -> new float[] {row.values()[0]}).toList(), "worker-1", 3, 7));
    }

    void fail(Throwable failure) {
      room++;
      answer.completeExceptionally(failure);
    }

    List<Float> values() {
      return rows.stream().map(row -> row.values()[0]).toList();
    }
  }

  Sent last() {
    return batches.get(batches.size() - 1);
  }

  void setRoom(int room) {
    this.room = room;
    listener.run();
  }

  @Override
  public Optional<Slot> tryAcquire(String bank) {
    if (room == 0 || busy.contains(bank)) {
      return Optional.empty();
    }
    room--;
    whileAcquiring.run();
    return Optional.of(
        new Slot() {
          @Override
          public CompletableFuture<BatchAnswer> run(Batch batch) {
            Sent sent = new Sent(batch);
            batches.add(sent);
            return sent.answer;
          }

          @Override
          public void giveBack() {
            room++;
          }
        });
  }

  @Override
  public Optional<UnavailableException> refusal(String bank) {
    return Optional.ofNullable(refused.get(bank));
  }

  @Override
  public void onRoom(Runnable newListener) {
    listener = newListener;
  }
}
