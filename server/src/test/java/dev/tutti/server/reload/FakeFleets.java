package dev.tutti.server.reload;

import dev.tutti.server.device.WorkerSlot;
import dev.tutti.server.dispatch.FakeInferenceWorker;
import dev.tutti.server.supervision.FakeProbes;
import dev.tutti.server.supervision.SupervisionConfig;
import dev.tutti.server.supervision.SupervisionContext;
import dev.tutti.server.supervision.WorkerFleet;
import dev.tutti.server.supervision.WorkerListener;
import dev.tutti.server.supervision.WorkerProcess;
import dev.tutti.server.time.SteppedTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Fleets of two workers of this process, which come up when a test says so. */
final class FakeFleets implements FleetFactory {
  final SteppedTime time = new SteppedTime();

  /** In the order in which they were started. */
  final List<FakeInferenceWorker> workers = new ArrayList<>();

  private final FakeProbes probes = new FakeProbes();
  private int slots;

  FakeFleets() {
    probes.serving = true;
  }

  @Override
  public int size() {
    return 2;
  }

  @Override
  public WorkerFleet create(ModelVersion version, WorkerListener listener) {
    return new WorkerFleet(
        List.of(slot(), slot()),
        SupervisionConfig.DEFAULT,
        new SupervisionContext(
            (slot, incarnation) -> launch(version),
            probes,
            time,
            time.clock(),
            time::nanos,
            () -> 0),
        listener);
  }

  /** What the workers of a version say that they hold. */
  static String digest(int version) {
    return Integer.toString(version).repeat(64);
  }

  /** A worker has loaded its models. */
  void comeUp(int worker) {
    workers.get(worker).process.listen(workers.get(worker).address);
  }

  /** It comes up and passes its canary check. */
  void passTrial(int worker) {
    comeUp(worker);
    workers.get(worker).answerValue(0.5f);
  }

  /** Its process ends. */
  void end(int worker, int code, String lastWords) {
    workers.get(worker).process.end(code, lastWords);
  }

  boolean terminated(int worker) {
    return workers.get(worker).process.terminated();
  }

  void close() {
    workers.forEach(FakeInferenceWorker::vanish);
  }

  private WorkerSlot slot() {
    return new WorkerSlot("worker-" + slots++, "cpu", List.of(), List.of(), Map.of());
  }

  private WorkerProcess launch(ModelVersion version) throws IOException {
    FakeInferenceWorker worker =
        new FakeInferenceWorker(100 + workers.size(), digest(version.number()));
    workers.add(worker);
    return worker.process;
  }
}
