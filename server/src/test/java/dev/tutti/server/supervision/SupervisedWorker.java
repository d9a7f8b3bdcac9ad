package dev.tutti.server.supervision;

import dev.tutti.server.device.WorkerSlot;
import dev.tutti.server.time.SteppedTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One supervisor in a world of fakes, and what its listener heard. */
final class SupervisedWorker {
  static final SupervisionConfig CONFIG =
      new SupervisionConfig(
          Duration.ofSeconds(60),
          Duration.ofSeconds(1),
          2,
          4,
          Duration.ofMillis(100),
          Duration.ofSeconds(1),
          Duration.ofSeconds(30),
          4,
          Duration.ofSeconds(5));

  final SteppedTime time = new SteppedTime();
  final FakeProcessLauncher launcher = new FakeProcessLauncher();
  final FakeProbes probes = new FakeProbes();
  final List<String> events = new ArrayList<>();
  final WorkerSupervisor supervisor;

  /** What the listener was given last. */
  WorkerHandle heard;

  /** Uniform in [0, 1), as far as the supervisor knows. */
  double random = 0.5;

  SupervisedWorker() {
    SupervisionContext context =
        new SupervisionContext(
            launcher, probes, time, time.clock(), time::nanos, () -> this.random);
    supervisor =
        new WorkerSupervisor(
            new WorkerSlot("worker-0", "cpu", List.of(), List.of(), Map.of()),
            CONFIG,
            context,
            new Recorder());
  }

  /** A worker that is ready. */
  static SupervisedWorker ready() {
    SupervisedWorker worker = new SupervisedWorker();
    worker.supervisor.start();
    worker.becomeReady();
    return worker;
  }

  /** Lets the process that was launched last come up. */
  void becomeReady() {
    probes.serving = true;
    launcher.last().listen();
  }

  WorkerState state() {
    return supervisor.snapshot().state();
  }

  void advance(Duration duration) {
    time.advance(duration);
  }

  private final class Recorder implements WorkerListener {
    @Override
    public void onReady(String name, WorkerHandle worker) {
      heard = worker;
      events.add("ready " + worker.address());
    }

    @Override
    public void onSuspect(String name) {
      events.add("suspect");
    }

    @Override
    public void onGone(String name) {
      events.add("gone");
    }

    @Override
    public void onFailed(String name, String reason) {
      events.add("failed " + reason);
    }
  }
}
