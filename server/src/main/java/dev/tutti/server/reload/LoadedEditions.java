package dev.tutti.server.reload;

import dev.tutti.server.dispatch.WorkerPool;
import dev.tutti.server.error.NotFoundException;
import dev.tutti.server.supervision.WorkerSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** The editions that have workers now, and all of these workers. */
public final class LoadedEditions {
  private final WorkerPool pool;
  private final FleetFactory fleets;
  private final List<LoadedEdition> loaded = new CopyOnWriteArrayList<>();

  public LoadedEditions(WorkerPool pool, FleetFactory fleets) {
    this.pool = pool;
    this.fleets = fleets;
  }

  /**
   * A worker and what it works for.
   *
   * @param version the version of the models that it was started with
   */
  public record Worker(WorkerSnapshot snapshot, int version) {}

  /** All workers, those that were started first in front. */
  public List<Worker> workers() {
    List<Worker> workers = new ArrayList<>();
    for (LoadedEdition each : loaded) {
      each.fleet()
          .snapshots()
          .forEach(snapshot -> workers.add(new Worker(snapshot, each.edition().version())));
    }
    return workers;
  }

  /**
   * Gives a worker no more work, waits for what it has, and ends it.
   *
   * @throws NotFoundException when there is none of this name
   */
  public CompletableFuture<Worker> drain(String worker) {
    return change(
        worker,
        each -> each.fleet().stop(worker).map(done -> done.thenRun(() -> each.drained(worker))));
  }

  /**
   * Drains a worker and starts it again; completes when it has been started, not when it is ready.
   *
   * @throws NotFoundException when there is none of this name
   */
  public CompletableFuture<Worker> restart(String worker) {
    return change(worker, each -> each.fleet().restart(worker));
  }

  /** Ends all workers; completes once every process is gone. */
  public CompletableFuture<Void> stop() {
    return CompletableFuture.allOf(
        loaded.stream().map(each -> each.fleet().stop()).toArray(CompletableFuture[]::new));
  }

  /** How many workers an edition gets. */
  int size() {
    return fleets.size();
  }

  LoadedEdition add(ModelVersion version, EditionEvents events) {
    LoadedEdition added = new LoadedEdition(version, pool, fleets, events);
    loaded.add(added);
    return added;
  }

  /** Ends an edition's workers; they are listed until they are gone. */
  CompletableFuture<Void> remove(LoadedEdition edition) {
    return edition.fleet().stop().thenRun(() -> loaded.remove(edition));
  }

  List<LoadedEdition> loaded() {
    return List.copyOf(loaded);
  }

  private CompletableFuture<Worker> change(
      String worker, Function<LoadedEdition, Optional<CompletableFuture<Void>>> change) {
    return loaded.stream()
        .flatMap(each -> change.apply(each).stream())
        .findFirst()
        .orElseThrow(() -> unknown(worker))
        .thenApply(done -> find(worker));
  }

  private Worker find(String name) {
    return workers().stream()
        .filter(worker -> worker.snapshot().slot().name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(name));
  }

  private NotFoundException unknown(String name) {
    return new NotFoundException(
        "worker", name, workers().stream().map(w -> w.snapshot().slot().name()).toList());
  }
}
