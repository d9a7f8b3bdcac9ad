package dev.tutti.server.supervision;

import dev.tutti.server.device.WorkerSlot;
import io.grpc.SynchronizationContext;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one worker alive. All of its state is confined to one serial context; the outside sees
 * snapshots. What may follow on what is {@link WorkerState#next}'s to say.
 */
final class WorkerSupervisor {
  private static final Logger log = LoggerFactory.getLogger(WorkerSupervisor.class);

  private final WorkerSlot slot;
  private final SupervisionConfig config;
  private final SupervisionContext outside;
  private final WorkerListener listener;
  private final RestartPolicy restarts;
  private final StartForecast forecast = new StartForecast();
  private final SynchronizationContext context =
      new SynchronizationContext(
          (thread, problem) -> log.error("Supervision of a worker failed", problem));
  private final Lifecycle lifecycle;
  private final SerialTimer timer;
  private final Probing probing;

  /** To be told when no process is left, or when a restarted one is on its way. */
  private final List<CompletableFuture<Void>> waiting = new ArrayList<>();

  /** The process that is there; null when none is. */
  private WorkerLife life;

  private Instant startTime;
  private long readySinceNanos;
  private int launches;

  /** Whether to start again once the process that drains is gone. */
  private boolean restarting;

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
    this.restarts = new RestartPolicy(config, outside.random());
    this.lifecycle = new Lifecycle(slot.name(), context);
    this.timer = new SerialTimer(context, outside.scheduler());
    this.probing = new Probing(context, outside.probes(), config.probeInterval());
    this.snapshot = describe(WorkerState.LATENT);
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

  /** Asks it to finish and starts it again, whatever became of it; completes when it is started. */
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
    if (!lifecycle.state().next().contains(WorkerState.STARTING)) {
      return; // Asked to start twice.
    }
    int incarnation = launches++;
    forecast.beginsAt(outside.clock().instant());
    WorkerProcess process;
    try {
      process = outside.launcher().launch(slot, incarnation);
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      enter(WorkerState.STARTING);
      WorkerExit exit = new WorkerExit(-1, "cannot be started: " + e.getMessage());
      onEnd(EndJudge.judge(EndJudge.Deed.NONE, "", exit, false), exit.permanent(), false);
      return;
    }
    startTime = outside.clock().instant();
    WorkerLife launched = new WorkerLife(slot.name(), process, context);
    life = launched;
    enter(WorkerState.STARTING);
    process.address().thenAccept(at -> context.execute(() -> onAddress(launched, at)));
    process.exit().thenAccept(exit -> context.execute(() -> onExit(launched, exit)));
    timer.set(config.startTimeout(), this::onStartTimeout);
  }

  private void onAddress(WorkerLife announced, WorkerAddress at) {
    if (announced != life || lifecycle.state() != WorkerState.STARTING) {
      return;
    }
    life.listensAt(at);
    probing.open(at);
    probeNow();
  }

  private void onStartTimeout() {
    if (lifecycle.state() == WorkerState.STARTING) {
      life.killAsHung("it was not ready after " + config.startTimeout().toSeconds() + " s");
    }
  }

  private void probeNow() {
    probing.ask(this::onProbe);
  }

  private void onProbe(boolean serving) {
    if (!serving) {
      onMissedProbe();
    } else if (lifecycle.state().next().contains(WorkerState.READY)) {
      timer.cancel();
      onServing();
    }
    if (lifecycle.state() == WorkerState.STARTING) {
      // The start timeout runs on this context's one timer; poll without it.
      outside.later(context, config.probeInterval().dividedBy(10), this::probeNow);
    } else if (probing.isOpen()) {
      timer.set(config.probeInterval(), this::probeNow);
    }
  }

  private void onServing() {
    boolean again = lifecycle.state() == WorkerState.SUSPECT;
    if (again) {
      log.info("{} answers again and is ready", slot.name());
    } else {
      log.info("{} is ready at {}", slot.name(), life.address());
      forecast.ready(outside.clock().instant());
    }
    readySinceNanos = outside.nanoClock().getAsLong();
    enter(WorkerState.READY);
    listener.onReady(slot.name(), life);
  }

  private void onMissedProbe() {
    int missedProbes = probing.missed();
    if (missedProbes == config.suspectAfter() && lifecycle.state() == WorkerState.READY) {
      log.warn("{} has not answered {} probes and gets no work for now", slot.name(), missedProbes);
      enter(WorkerState.SUSPECT);
      listener.onSuspect(slot.name());
    }
    if (missedProbes >= config.killAfter() && lifecycle.state() == WorkerState.SUSPECT) {
      life.killAsHung("it has not answered " + missedProbes + " probes");
    }
  }

  private void onExit(WorkerLife ended, WorkerExit exit) {
    boolean served = lifecycle.serves();
    timer.cancel();
    probing.close();
    life = null;
    WorkerEnd end = ended.judge(exit, served || lifecycle.state() == WorkerState.DRAINING);
    onEnd(end, exit.permanent(), served);
    // Last: whoever hears of it may look at what became of the worker.
    ended.announce(end);
  }

  private void onEnd(WorkerEnd end, boolean permanent, boolean served) {
    lastExit = end.toString();
    if (lifecycle.state() == WorkerState.DRAINING) {
      log.info("{} has ended: {}", slot.name(), end);
      onDrained();
      return;
    }
    log.warn("{} ended: {}", slot.name(), end);
    if (served) {
      if (outside.nanoClock().getAsLong() - readySinceNanos >= config.stableUptime().toNanos()) {
        restarts.reset();
      }
      listener.onGone(slot.name());
    }
    Optional<Duration> wait = restarts.after(end, permanent, served);
    if (wait.isEmpty()) {
      enter(WorkerState.FAILED);
      listener.onFailed(slot.name(), lastExit);
      return;
    }
    forecast.beginsAt(outside.clock().instant().plus(wait.get()));
    enter(WorkerState.BACKOFF);
    listener.onSetback(slot.name(), lastExit);
    timer.set(wait.get(), this::launch);
  }

  private void drain() {
    switch (lifecycle.state()) {
      case STARTING, READY, SUSPECT -> {
        boolean served = lifecycle.serves();
        enter(WorkerState.DRAINING);
        timer.cancel();
        probing.close();
        if (served) {
          listener.onGone(slot.name());
        }
        life.drain();
        timer.set(config.drainTimeout(), this::onDrainTimeout);
      }
      case LATENT, BACKOFF, FAILED -> {
        timer.cancel();
        onDrained();
      }
      case STOPPED -> afterStop();
      case DRAINING -> {}
    }
  }

  private void onDrained() {
    enter(WorkerState.STOPPED);
    afterStop();
  }

  private void afterStop() {
    if (restarting) {
      restarting = false;
      restarts.reset();
      enter(WorkerState.LATENT);
      launch();
    }
    waiting.forEach(done -> done.complete(null));
    waiting.clear();
  }

  private void onDrainTimeout() {
    if (lifecycle.state() == WorkerState.DRAINING) {
      life.endDrain();
    }
  }

  private void enter(WorkerState next) {
    lifecycle.enter(next);
    snapshot = describe(next);
  }

  private WorkerSnapshot describe(WorkerState state) {
    return new WorkerSnapshot(
        slot,
        state,
        life == null ? 0 : life.pid(),
        Optional.ofNullable(life).map(WorkerLife::address),
        Math.max(0, launches - 1),
        Optional.ofNullable(startTime),
        lastExit,
        readyAt(state));
  }

  private Optional<Instant> readyAt(WorkerState state) {
    return switch (state) {
      case LATENT, READY, SUSPECT -> Optional.of(Instant.MIN);
      case STARTING, BACKOFF -> Optional.of(forecast.readyAt());
      case DRAINING -> restarting ? Optional.of(Instant.MIN) : Optional.empty();
      case STOPPED, FAILED -> Optional.empty();
    };
  }
}
