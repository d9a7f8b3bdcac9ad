package dev.tutti.server.dispatch;

import dev.tutti.server.admission.Permit;
import dev.tutti.server.async.Futures;
import dev.tutti.server.batching.Batch;
import dev.tutti.server.batching.BatchAnswer;
import dev.tutti.server.batching.BatchSink;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** Room for one batch at a worker. */
final class Room implements BatchSink.Slot {
  private final Member member;
  private final Permit permit;
  private final AtomicBoolean used = new AtomicBoolean();

  /**
   * @param permit given back when the batch has been answered
   */
  Room(Member member, Permit permit) {
    this.member = member;
    this.permit = permit;
  }

  @Override
  public CompletableFuture<BatchAnswer> run(Batch batch) {
    if (used.getAndSet(true)) {
      throw new IllegalStateException("This room has been used.");
    }
    CompletableFuture<BatchAnswer> answer;
    try {
      answer = member.link.infer(member.bank, batch);
    } catch (Throwable e) {
      // Whatever it was, memory running out included: the room is given back.
      answer = CompletableFuture.failedFuture(e);
    }
    return answer.whenComplete(
        (rows, failure) -> permit.release(Permit.Outcome.of(Futures.unwrap(failure))));
  }

  @Override
  public void giveBack() {
    if (!used.getAndSet(true)) {
      permit.release(Permit.Outcome.IGNORED);
    }
  }
}
