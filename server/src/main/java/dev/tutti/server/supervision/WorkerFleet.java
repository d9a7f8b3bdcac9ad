package dev.tutti.server.supervision;

import dev.tutti.server.device.WorkerSlot;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The workers of one edition of the bank, one for each place. */
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

  /**
   * Asks one worker to finish; completes once its process is gone.
   *
   * @return empty when there is no worker of this name
   */
  public Optional<CompletableFuture<Void>> stop(String worker) {
    return find(worker).map(WorkerSupervisor::stop);
  }

  /**
   * Asks one worker to finish and starts it again; completes once it is started.
   *
   * @return empty when there is no worker of this name
   */
  public Optional<CompletableFuture<Void>> restart(String worker) {
    return find(worker).map(WorkerSupervisor::restart);
  }

  /** Whether every worker has been given up or stopped. */
  public boolean hopeless() {
    return snapshots().stream()
        .map(WorkerSnapshot::state)
        .allMatch(state -> state == WorkerState.FAILED || state == WorkerState.STOPPED);
  }

  /**
   * The earliest moment at which one of them can take work, as far as earlier starts tell; past
   * when one may do so now, empty when none will by itself.
   */
  public Optional<Instant> readyAt() {
    return snapshots().stream()
        .flatMap(worker -> worker.readyAt().stream())
        .min(Comparator.naturalOrder());
  }

  private Optional<WorkerSupervisor> find(String worker) {
    return supervisors.stream()
        .filter(supervisor -> supervisor.snapshot().slot().name().equals(worker))
        .findFirst();
  }

  /** All workers in the order of their places. */
  public List<WorkerSnapshot> snapshots() {
    return supervisors.stream().map(WorkerSupervisor::snapshot).toList();
  }
}
