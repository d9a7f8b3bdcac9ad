package dev.tutti.server.dispatch;

import dev.tutti.server.bank.Bank;
import dev.tutti.server.batching.Batch;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A batch on its way through a worker that takes fewer rows at once than the batch has: its parts
 * go one after another, so that a batch never takes more than one place in the worker's queue.
 */
final class BatchInParts {
  private final WorkerLink link;
  private final Bank bank;
  private final Batch batch;
  private WorkerRows answered = new WorkerRows(List.of(), 0);
  private final CompletableFuture<WorkerRows> result = new CompletableFuture<>();

  private BatchInParts(WorkerLink link, Bank bank, Batch batch) {
    this.link = link;
    this.bank = bank;
    this.batch = batch;
  }

  static CompletableFuture<WorkerRows> run(WorkerLink link, Bank bank, Batch batch) {
    BatchInParts parts = new BatchInParts(link, bank, batch);
    parts.next();
    return parts.result;
  }

  private void next() {
    try {
      int from = answered.rows().size();
      int to = from + Math.min(link.largestBatch(), batch.size() - from);
      if (from == to) {
        result.complete(answered);
      } else {
        link.call(bank, batch.part(from, to)).whenComplete(this::onAnswer);
      }
    } catch (Throwable e) {
      result.completeExceptionally(e);
    }
  }

  private void onAnswer(WorkerRows answer, Throwable failure) {
    if (failure != null) {
      result.completeExceptionally(failure);
    } else {
      answered = answered.and(answer);
      next();
    }
  }
}
