package dev.tutti.server;

import dev.tutti.server.error.UnavailableException;
import dev.tutti.server.supervision.WorkerAddress;
import dev.tutti.server.supervision.WorkerListener;
import dev.tutti.server.supervision.WorkerProcess;
import dev.tutti.server.supervision.WorkerSlot;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Passes events on, and notices when every worker has been given up. */
final class HopeWatch implements WorkerListener {
  private final WorkerListener next;
  private final AtomicInteger hopefuls;
  private final Consumer<UnavailableException> onHopeless;

  HopeWatch(WorkerListener next, int workers, Consumer<UnavailableException> onHopeless) {
    this.next = next;
    this.hopefuls = new AtomicInteger(workers);
    this.onHopeless = onHopeless;
  }

  @Override
  public void onReady(WorkerSlot slot, WorkerProcess process, WorkerAddress address) {
    next.onReady(slot, process, address);
  }

  @Override
  public void onSuspect(WorkerSlot slot) {
    next.onSuspect(slot);
  }

  @Override
  public void onGone(WorkerSlot slot) {
    next.onGone(slot);
  }

  @Override
  public void onFailed(WorkerSlot slot, String reason) {
    next.onFailed(slot, reason);
    if (hopefuls.decrementAndGet() == 0) {
      onHopeless.accept(
          new UnavailableException("No worker could be kept running. The last one: " + reason));
    }
  }
}
