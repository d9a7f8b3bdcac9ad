package dev.tutti.server.supervision;

import java.util.concurrent.CompletableFuture;

/** A worker process that does what a test says; only {@link #kill} ends it by itself. */
public final class FakeWorkerProcess implements WorkerProcess {
  private final long pid;
  private final CompletableFuture<WorkerAddress> address = new CompletableFuture<>();
  private final CompletableFuture<WorkerExit> exit = new CompletableFuture<>();
  private boolean terminated;
  private boolean killed;

  public FakeWorkerProcess(long pid) {
    this.pid = pid;
  }

  /** Says where it listens. */
  void listen() {
    listen(new WorkerAddress("127.0.0.1:" + pid));
  }

  /** Says that it listens there. */
  public void listen(WorkerAddress there) {
    address.complete(there);
  }

  /** Ends. */
  public void end(int code, String lastWords) {
    endWith(new WorkerExit(code, lastWords));
  }

  void endWith(WorkerExit how) {
    exit.complete(how);
  }

  public boolean terminated() {
    return terminated;
  }

  public boolean killed() {
    return killed;
  }

  @Override
  public long pid() {
    return pid;
  }

  @Override
  public CompletableFuture<WorkerAddress> address() {
    return address;
  }

  @Override
  public CompletableFuture<WorkerExit> exit() {
    return exit;
  }

  @Override
  public void terminate() {
    terminated = true;
  }

  @Override
  public void kill() {
    killed = true;
    end(137, "");
  }
}
