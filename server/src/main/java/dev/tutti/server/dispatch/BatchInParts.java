package dev.tutti.server.dispatch;

import dev.tutti.core.spectrogram.Spectrogram;
import dev.tutti.server.bank.Bank;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A batch on its way through a worker that takes fewer rows at once than the batch has: its parts
 * go one after another, so that a batch never takes more than one place in the worker's queue.
 */
final class BatchInParts {
  private final WorkerLink link;
  private final Bank bank;
  private final List<Spectrogram> batch;
  private final List<float[]> rows = new ArrayList<>();
  private final CompletableFuture<List<float[]>> result = new CompletableFuture<>();

  private BatchInParts(WorkerLink link, Bank bank, List<Spectrogram> batch) {
    this.link = link;
    this.bank = bank;
    this.batch = batch;
  }

  static CompletableFuture<List<float[]>> run(WorkerLink link, Bank bank, List<Spectrogram> batch) {
    BatchInParts parts = new BatchInParts(link, bank, batch);
    parts.next();
    return parts.result;
  }

  private void next() {
    try {
      int from = rows.size();
      int to = from + Math.min(link.largestBatch(), batch.size() - from);
      if (from == to) {
        result.complete(rows);
      } else {
        link.call(bank, batch.subList(from, to)).whenComplete(this::onAnswer);
      }
    } catch (Throwable e) {
      result.completeExceptionally(e);
    }
  }

  private void onAnswer(List<float[]> answer, Throwable failure) {
    if (failure != null) {
      result.completeExceptionally(failure);
    } else {
      rows.addAll(answer);
      next();
    }
  }
}
