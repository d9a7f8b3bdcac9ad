package dev.tutti.server;

import dev.tutti.server.device.WorkerSlot;
import dev.tutti.server.reload.FleetFactory;
import dev.tutti.server.reload.ModelVersion;
import dev.tutti.server.supervision.SupervisionConfig;
import dev.tutti.server.supervision.SupervisionContext;
import dev.tutti.server.supervision.WorkerFleet;
import dev.tutti.server.supervision.WorkerListener;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Makes fleets that all have the same places; no two workers ever have the same name. */
final class WorkerFleets implements FleetFactory {
  private final List<WorkerSlot> places;
  private final SupervisionConfig config;
  private final Function<Path, SupervisionContext> contexts;
  private final AtomicInteger named = new AtomicInteger();

  /**
   * @param contexts what supervision of workers with these models needs
   */
  WorkerFleets(
      List<WorkerSlot> places,
      SupervisionConfig config,
      Function<Path, SupervisionContext> contexts) {
    this.places = places;
    this.config = config;
    this.contexts = contexts;
  }

  @Override
  public int size() {
    return places.size();
  }

  @Override
  public WorkerFleet create(ModelVersion version, WorkerListener listener) {
    List<WorkerSlot> slots =
        places.stream().map(place -> place.named("worker-" + named.getAndIncrement())).toList();
    return new WorkerFleet(slots, config, contexts.apply(version.path()), listener);
  }
}
