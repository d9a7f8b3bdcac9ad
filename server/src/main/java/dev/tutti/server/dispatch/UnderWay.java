package dev.tutti.server.dispatch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The calls that one worker has. It runs them one at a time and in the order in which they came, so
 * the one that was sent first is the one that runs. Safe for several threads.
 */
final class UnderWay {
  private final Deque<Object> calls = new ArrayDeque<>();
  private CompletableFuture<Void> nextEnd = new CompletableFuture<>();

  /** A call is sent; returns what stands for it here. */
  synchronized Object begin() {
    Object call = new Object();
    calls.addLast(call);
    return call;
  }

  /** Whether the worker runs this call, and the others wait behind it. */
  synchronized boolean runs(Object call) {
    return calls.peekFirst() == call;
  }

  /** The worker is rid of a call. */
  void end(Object call) {
    CompletableFuture<Void> ended;
    synchronized (this) {
      calls.remove(call);
      ended = nextEnd;
      nextEnd = new CompletableFuture<>();
    }
    // Not under the lock: whoever waits sends its own call.
    ended.complete(null);
  }

  /** Completes when the worker is rid of one more call; nothing when it has none. */
  synchronized Optional<CompletableFuture<Void>> nextEnd() {
    return calls.isEmpty() ? Optional.empty() : Optional.of(nextEnd);
  }
}
