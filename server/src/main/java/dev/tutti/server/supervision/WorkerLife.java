package dev.tutti.server.supervision;

import io.grpc.SynchronizationContext;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One process of a worker from its launch to its end. Remembers what its supervisor did to it, so
 * that its end can be judged. All but {@link WorkerHandle} is confined to the supervisor's serial
 * context.
 */
final class WorkerLife implements WorkerHandle {
  private static final Logger log = LoggerFactory.getLogger(WorkerLife.class);

  private final String name;
  private final WorkerProcess process;
  private final SynchronizationContext context;
  private final CompletableFuture<WorkerEnd> end = new CompletableFuture<>();
  private volatile WorkerAddress address;
  private EndJudge.Deed deed = EndJudge.Deed.NONE;
  private String reason = "";

  WorkerLife(String name, WorkerProcess process, SynchronizationContext context) {
    this.name = name;
    this.process = process;
    this.context = context;
  }

  long pid() {
    return process.pid();
  }

  void listensAt(WorkerAddress there) {
    address = there;
  }

  /** Asks it to finish its work and end. */
  void drain() {
    if (deed == EndJudge.Deed.NONE) {
      deed = EndJudge.Deed.ASKED_TO_DRAIN;
    }
    process.terminate();
  }

  /** It was asked to finish and does not. */
  void endDrain() {
    log.warn("{} is still busy and is killed", name);
    process.kill();
  }

  void killAsHung(String what) {
    kill(EndJudge.Deed.KILLED_AS_HUNG, what);
  }

  /** Its process has ended. */
  WorkerEnd judge(WorkerExit exit, boolean served) {
    return EndJudge.judge(deed, reason, exit, served);
  }

  /** Tells those who wait for its end. */
  void announce(WorkerEnd judged) {
    end.complete(judged);
  }

  @Override
  public WorkerAddress address() {
    return address;
  }

  @Override
  public boolean ended() {
    return process.exit().isDone();
  }

  @Override
  public CompletableFuture<WorkerEnd> end() {
    return end;
  }

  @Override
  public void reportHung(String what) {
    context.execute(() -> killAsHung(what));
  }

  @Override
  public void reportUnfit(String what) {
    context.execute(() -> kill(EndJudge.Deed.KILLED_AS_UNFIT, what));
  }

  private void kill(EndJudge.Deed why, String what) {
    boolean killed = deed != EndJudge.Deed.NONE && deed != EndJudge.Deed.ASKED_TO_DRAIN;
    if (killed || process.exit().isDone()) {
      return;
    }
    deed = why;
    reason = what;
    log.warn("{} is ended: {}", name, what);
    process.kill();
  }
}
