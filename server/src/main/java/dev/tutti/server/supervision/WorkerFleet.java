package dev.tutti.server.supervision;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** All workers of one gateway. */
public final class WorkerFleet {
  private final List<WorkerSupervisor> supervisors;

  public WorkerFleet(
      List<WorkerSlot> slots,
      SupervisionConfig config,
      SupervisionContext outside,
      WorkerListener listener) {
    this.supervisors =
        slots.stream().map(slot -> new WorkerSupervisor(slot, config, outside, listener)).toList();
  }

  public void start() {
    supervisors.forEach(WorkerSupervisor::start);
  }

  /** Asks all workers to finish; completes once every process is gone. */
  public CompletableFuture<Void> stop() {
    return CompletableFuture.allOf(
        supervisors.stream().map(WorkerSupervisor::stop).toArray(CompletableFuture[]::new));
  }

  /** All workers in name order. */
  public List<WorkerSnapshot> snapshots() {
    return supervisors.stream().map(WorkerSupervisor::snapshot).toList();
  }
}
