package dev.tutti.server.async;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Knows which calls are under way, well enough to say when all that began before a moment are over:
 * only then may what they began with be taken away. Calls are counted by epochs; asking for quiet
 * ends one and begins the next.
 */
public final class CallEpochs {
  private Epoch current = new Epoch(CompletableFuture.completedFuture(null));

  /** A call begins. What is returned must be run when it is over; only the first run counts. */
  public synchronized Runnable begin() {
    Epoch epoch = current;
    epoch.calls++;
    AtomicBoolean over = new AtomicBoolean();
    return () -> {
      if (over.compareAndSet(false, true)) {
        end(epoch);
      }
    };
  }

  /** Completes when all calls that are under way now are over. */
  public CompletableFuture<Void> quiet() {
    Epoch closed;
    boolean empty;
    synchronized (this) {
      closed = current;
      closed.closed = true;
      empty = closed.calls == 0;
      current = new Epoch(closed.over);
    }
    if (empty) {
      closed.ownCalls.complete(null);
    }
    return closed.over.copy();
  }

  private void end(Epoch epoch) {
    boolean last;
    synchronized (this) {
      epoch.calls--;
      last = epoch.closed && epoch.calls == 0;
    }
    if (last) {
      epoch.ownCalls.complete(null);
    }
  }

  private static final class Epoch {
    final CompletableFuture<Void> ownCalls = new CompletableFuture<>();

    /** When its own calls and those of all epochs before are over. */
    final CompletableFuture<Void> over;

    int calls;
    boolean closed;

    Epoch(CompletableFuture<Void> before) {
      over = ownCalls.thenCombine(before, (own, earlier) -> null);
    }
  }
}
