package dev.tutti.server.reload;

import dev.tutti.server.bank.Edition;
import dev.tutti.server.dispatch.WorkerPool;
import dev.tutti.server.error.UnavailableException;
import dev.tutti.server.supervision.WorkerFleet;
import dev.tutti.server.supervision.WorkerHandle;
import dev.tutti.server.supervision.WorkerListener;

/** An edition of the bank with its workers. */
final class LoadedEdition {
  private final Edition edition;
  private final WorkerPool pool;
  private final EditionEvents events;
  private final WorkerFleet fleet;

  LoadedEdition(ModelVersion version, WorkerPool pool, FleetFactory fleets, EditionEvents events) {
    this.edition = new Edition(version.number());
    this.pool = pool;
    this.events = events;
    this.fleet = fleets.create(version, new Watch(pool.members(edition, events)));
    this.edition.expect(fleet::readyAt);
  }

  Edition edition() {
    return edition;
  }

  WorkerFleet fleet() {
    return fleet;
  }

  /** A worker was ended on request and will not come back by itself. */
  void drained(String worker) {
    events.onSetback(worker, "being drained on request");
    giveUpIfHopeless("The last one was drained on request.");
  }

  /** Lets callers know when nobody is left to answer them. */
  private void giveUpIfHopeless(String reason) {
    if (fleet.hopeless()) {
      edition.giveUp(new UnavailableException("No worker could be kept running. " + reason));
      pool.refresh();
    }
  }

  /** Passes events on, and notices when every worker has been given up. */
  private final class Watch implements WorkerListener {
    private final WorkerListener next;

    Watch(WorkerListener next) {
      this.next = next;
    }

    @Override
    public void onReady(String worker, WorkerHandle handle) {
      next.onReady(worker, handle);
    }

    @Override
    public void onSuspect(String worker) {
      next.onSuspect(worker);
    }

    @Override
    public void onGone(String worker) {
      next.onGone(worker);
    }

    @Override
    public void onSetback(String worker, String reason) {
      next.onSetback(worker, reason);
      events.onSetback(worker, reason);
    }

    @Override
    public void onFailed(String worker, String reason) {
      next.onFailed(worker, reason);
      giveUpIfHopeless("The last one: " + reason);
      edition.refusal().ifPresentOrElse(events::onHopeless, () -> events.onSetback(worker, reason));
    }
  }
}
