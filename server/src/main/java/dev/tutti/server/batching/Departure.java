package dev.tutti.server.batching;

import dev.tutti.server.async.Futures;
import dev.tutti.server.error.UnavailableException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Samples of one bank that leave together.
 *
 * @param slot the room that they have
 */
record Departure(List<InferenceTask> tasks, BatchSink.Slot slot) {
  /**
   * Runs those of them that are still wanted. Whatever the sink throws, or answers that is no row
   * for each of them, is the outcome: no sample may be lost.
   */
  CompletableFuture<BatchAnswer> run(List<InferenceTask> wanted) {
    CompletableFuture<BatchAnswer> outcome = new CompletableFuture<>();
    sent(wanted)
        .whenComplete(
            (answer, failure) -> {
              if (failure != null) {
                outcome.completeExceptionally(reason(failure));
              } else if (answer.batchSize() != wanted.size()) {
                outcome.completeExceptionally(wrongNumber(wanted.size(), answer.batchSize()));
              } else {
                outcome.complete(answer);
              }
            });
    return outcome;
  }

  private CompletableFuture<BatchAnswer> sent(List<InferenceTask> wanted) {
    try {
      return slot.run(
          new Batch(
              wanted.stream().map(task -> task.spectrogram).toList(),
              wanted.stream().map(task -> task.pass.requestId()).collect(Collectors.toSet())));
    } catch (Throwable e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static Throwable reason(Throwable failure) {
    return failure instanceof CancellationException
        ? new UnavailableException("The batch was cancelled.", failure)
        : Futures.unwrap(failure);
  }

  private static IllegalStateException wrongNumber(int sent, int answered) {
    return new IllegalStateException(
        "A batch of " + sent + " samples was answered with " + answered + " rows");
  }
}
