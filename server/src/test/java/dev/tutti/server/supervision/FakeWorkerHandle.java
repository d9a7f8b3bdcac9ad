package dev.tutti.server.supervision;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A worker that serves and ends as a test says; reports are noted, and end nothing. */
public final class FakeWorkerHandle implements WorkerHandle {
  /** What was reported, such as {@code hung: no answer}. */
  public final List<String> reports = new ArrayList<>();

  private final WorkerAddress address;
  private final CompletableFuture<WorkerEnd> end = new CompletableFuture<>();
  private volatile boolean ended;

  public FakeWorkerHandle(WorkerAddress address) {
    this.address = address;
  }

  /** The process is gone, and nobody has judged yet. */
  public void vanish() {
    ended = true;
  }

  /** Ends and is judged. */
  public void end(WorkerEnd.Kind kind, int code, String lastWords) {
    ended = true;
    end.complete(EndJudge.end(kind, String.join(", ", reports), new WorkerExit(code, lastWords)));
  }

  @Override
  public WorkerAddress address() {
    return address;
  }

  @Override
  public boolean ended() {
    return ended;
  }

  @Override
  public CompletableFuture<WorkerEnd> end() {
    return end;
  }

  @Override
  public synchronized void reportHung(String what) {
    reports.add("hung: " + what);
  }

  @Override
  public synchronized void reportUnfit(String what) {
    reports.add("unfit: " + what);
  }
}
