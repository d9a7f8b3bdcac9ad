package dev.tutti.server.supervision;

import io.grpc.SynchronizationContext;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one worker alive. All of its state is confined to one serial context; the outside sees
 * snapshots.
 *
 * <pre>
 * LATENT -> STARTING -> READY <-> SUSPECT     any of these -> DRAINING -> STOPPED (or LATENT again)
 *              ^  |        |         |
 *              |  v        v         v
 *            BACKOFF <- (the process ends) -> FAILED
 * </pre>
 */
final class WorkerSupervisor {
  private static final Logger log = LoggerFactory.getLogger(WorkerSupervisor.class);

  private final WorkerSlot slot;
  private final SupervisionConfig config;
  private final SupervisionContext outside;
  private final WorkerListener listener;
  private final Backoff backoff;
  private final SynchronizationContext context =
      new SynchronizationContext(
          (thread, problem) -> log.error("Supervision of a worker failed", problem));
  private final SerialTimer timer;

  /** To be told when no process is left, or when a restarted one is on its way. */
  private final List<CompletableFuture<Void>> waiting = new ArrayList<>();

  private WorkerState state = WorkerState.LATENT;
  private WorkerProcess process;
  private WorkerAddress address;
  private WorkerProbe probe;
  private Instant startTime;
  private long readySinceNanos;
  private int launches;

  /** Ends in a row, which make the waits longer. */
  private int failures;

  /** Those of them that nobody else brought about, which in the end make us give up. */
  private int crashes;

  private boolean killedByUs;

  /** Whether to start anew once the process that drains is gone. */
  private boolean restarting;

  private int missedProbes;
  private String lastExit = "";
  private volatile WorkerSnapshot snapshot;

  WorkerSupervisor(
      WorkerSlot slot,
      SupervisionConfig config,
      SupervisionContext outside,
      WorkerListener listener) {
    this.slot = slot;
    this.config = config;
    this.outside = outside;
    this.listener = listener;
    this.backoff = new Backoff(config.backoffInitial(), config.backoffMax(), outside.random());
    this.timer = new SerialTimer(context, outside.scheduler());
    publish();
  }

  WorkerSnapshot snapshot() {
    return snapshot;
  }

  void start() {
    context.execute(this::launch);
  }

  /** Asks the worker to finish; the future completes once its process is gone. */
  CompletableFuture<Void> stop() {
    return drain(false);
  }

  /** Asks it to finish and starts it anew, whatever became of it; completes when it is started. */
  CompletableFuture<Void> restart() {
    return drain(true);
  }

  private CompletableFuture<Void> drain(boolean thenRestart) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    context.execute(
        () -> {
          waiting.add(done);
          restarting = thenRestart;
          drain();
        });
    return done;
  }

  private void launch() {
    if (state != WorkerState.LATENT && state != WorkerState.BACKOFF) {
      return;
    }
    int incarnation = launches++;
    missedProbes = 0;
    killedByUs = false;
    try {
      process = outside.launcher().launch(slot, incarnation);
    } catch (IOException e) {
      enter(WorkerState.STARTING);
      onExit(new WorkerExit(-1, "cannot be started: " + e.getMessage()));
      return;
    }
    startTime = outside.clock().instant();
    enter(WorkerState.STARTING);
    WorkerProcess launched = process;
    launched.address().thenAccept(at -> context.execute(() -> onAddress(launched, at)));
    launched.exit().thenAccept(exit -> context.execute(() -> onExit(exit)));
    timer.set(config.startTimeout(), this::onStartTimeout);
  }

  private void onAddress(WorkerProcess announced, WorkerAddress at) {
    if (announced != process || state != WorkerState.STARTING) {
      return;
    }
    address = at;
    probe = outside.probes().open(at);
    probeNow();
  }

  private void onStartTimeout() {
    if (state == WorkerState.STARTING) {
      log.warn("{} was not ready after {} s", slot.name(), config.startTimeout().toSeconds());
      kill();
    }
  }

  private void probeNow() {
    WorkerProbe asked = probe;
    if (asked != null) {
      asked
          .check(config.probeInterval())
          .thenAccept(serving -> context.execute(() -> onProbe(asked, serving)));
    }
  }

  private void onProbe(WorkerProbe asked, boolean serving) {
    if (asked != probe) {
      return;
    }
    if (serving) {
      missedProbes = 0;
      if (state == WorkerState.STARTING || state == WorkerState.SUSPECT) {
        timer.cancel();
        readySinceNanos = outside.nanoClock().getAsLong();
        enter(WorkerState.READY);
        listener.onReady(slot, process, address);
      }
    } else if (state != WorkerState.STARTING) {
      onMissedProbe();
    }
    if (state == WorkerState.STARTING) {
      // The start timeout runs on this context's one timer; poll without it.
      outside.later(context, config.probeInterval().dividedBy(10), this::probeNow);
    } else if (probe != null) {
      timer.set(config.probeInterval(), this::probeNow);
    }
  }

  private void onMissedProbe() {
    missedProbes++;
    if (missedProbes == config.suspectAfter() && state == WorkerState.READY) {
      enter(WorkerState.SUSPECT);
      listener.onSuspect(slot);
    }
    if (missedProbes >= config.killAfter() && state == WorkerState.SUSPECT) {
      log.warn("{} has not answered {} probes and is ended", slot.name(), missedProbes);
      kill();
    }
  }

  private void kill() {
    killedByUs = true;
    process.kill();
  }

  private void onExit(WorkerExit exit) {
    WorkerState before = state;
    boolean served = before == WorkerState.READY || before == WorkerState.SUSPECT;
    timer.cancel();
    closeProbe();
    process = null;
    address = null;
    lastExit = exit.toString();
    if (before == WorkerState.DRAINING) {
      onDrained();
      return;
    }
    log.warn("{} ended: {}", slot.name(), exit);
    boolean stable =
        served
            && outside.nanoClock().getAsLong() - readySinceNanos >= config.stableUptime().toNanos();
    failures = stable ? 1 : failures + 1;
    crashes = stable ? 0 : crashes;
    boolean killed = exit.fromOutside() && !killedByUs;
    if (!killed) {
      crashes++;
    }
    if (served) {
      listener.onGone(slot);
      // Being killed while it served is no sign of trouble: wait as after a first failure.
      failures = killed ? 1 : failures;
    }
    if ((exit.permanent() && !served) || crashes >= config.maxFailures()) {
      enter(WorkerState.FAILED);
      listener.onFailed(slot, lastExit);
      return;
    }
    enter(WorkerState.BACKOFF);
    listener.onSetback(slot, lastExit);
    timer.set(backoff.delay(failures), this::launch);
  }

  private void drain() {
    switch (state) {
      case STARTING, READY, SUSPECT -> {
        boolean served = state != WorkerState.STARTING;
        enter(WorkerState.DRAINING);
        timer.cancel();
        closeProbe();
        if (served) {
          listener.onGone(slot);
        }
        process.terminate();
        timer.set(config.drainTimeout(), this::onDrainTimeout);
      }
      case LATENT, BACKOFF, FAILED, STOPPED -> {
        timer.cancel();
        onDrained();
      }
      case DRAINING -> {}
    }
  }

  private void onDrained() {
    enter(WorkerState.STOPPED);
    if (restarting) {
      restarting = false;
      failures = 0;
      crashes = 0;
      state = WorkerState.LATENT;
      launch();
    }
    waiting.forEach(done -> done.complete(null));
    waiting.clear();
  }

  private void onDrainTimeout() {
    if (state == WorkerState.DRAINING) {
      log.warn("{} is still busy and is killed", slot.name());
      process.kill();
    }
  }

  private void enter(WorkerState next) {
    log.debug("{}: {} -> {}", slot.name(), state, next);
    state = next;
    publish();
  }

  private void publish() {
    snapshot =
        new WorkerSnapshot(
            slot,
            state,
            process == null ? 0 : process.pid(),
            Optional.ofNullable(address),
            Math.max(0, launches - 1),
            Optional.ofNullable(startTime),
            lastExit);
  }

  private void closeProbe() {
    if (probe != null) {
      probe.close();
      probe = null;
    }
  }
}
