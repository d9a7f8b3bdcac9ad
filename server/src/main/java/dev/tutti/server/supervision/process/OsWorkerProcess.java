package dev.tutti.server.supervision.process;

import dev.tutti.server.supervision.WorkerAddress;
import dev.tutti.server.supervision.WorkerExit;
import dev.tutti.server.supervision.WorkerProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A worker as a process of the operating system; its output is always drained. */
final class OsWorkerProcess implements WorkerProcess {
  private static final Logger log = LoggerFactory.getLogger("worker");
  private static final String HANDSHAKE = "TUTTI-WORKER 1 ";
  private static final int KILLED = 128 + 9;

  private final String name;
  private final Process process;
  private final CompletableFuture<WorkerAddress> address = new CompletableFuture<>();
  private final CompletableFuture<WorkerExit> exit = new CompletableFuture<>();
  private final WorkerLog words;
  private final OomKills oomKills;
  private volatile Optional<Path> oomCounter;
  private volatile String lastWords = "";
  private volatile boolean killed;

  /** Why its handshake was refused; null when it was not. */
  private volatile String refusal;

  OsWorkerProcess(String name, Process process, OomKills oomKills) {
    this.name = name;
    this.process = process;
    this.words = new WorkerLog(name);
    this.oomKills = oomKills;
    this.oomCounter = oomKills.watch(process.pid());
    Thread errors = drain("stderr", process.getErrorStream(), this::onErrorLine);
    drain("stdout", process.getInputStream(), this::onOutputLine);
    Thread waiter = new Thread(() -> awaitExit(errors), name + "-exit");
    waiter.setDaemon(true);
    waiter.start();
  }

  @Override
  public long pid() {
    return process.pid();
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
    // By its handle: the process's own destroy() would also close the streams that we drain.
    process.toHandle().destroy();
  }

  @Override
  public void kill() {
    killed = true;
    process.toHandle().destroyForcibly();
  }

  private void onOutputLine(String line) {
    if (!line.startsWith(HANDSHAKE)) {
      log.info("{}: {}", name, line);
      return;
    }
    // A wrapper may have moved it into another control group meanwhile.
    oomCounter = oomKills.watch(process.pid());
    try {
      address.complete(new WorkerAddress(line.substring(HANDSHAKE.length()).strip()));
    } catch (IllegalArgumentException e) {
      refusal = e.getMessage();
      kill();
    }
  }

  private void onErrorLine(String line) {
    if (words.line(line)) {
      lastWords = line.strip();
    }
  }

  private void awaitExit(Thread errors) {
    try {
      int code = process.waitFor();
      // Its last words explain its end. A grandchild could hold the pipe open, hence the limit.
      errors.join(1000);
      exit.complete(
          refusal == null
              ? new WorkerExit(code, lastWords, wasOomKilled(code))
              : new WorkerExit(WorkerExit.CANNOT_START, refusal));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      exit.complete(new WorkerExit(-1, "interrupted while waiting"));
    }
  }

  private boolean wasOomKilled(int code) {
    return code == KILLED && !killed && oomCounter.filter(oomKills::claim).isPresent();
  }

  private Thread drain(String stream, InputStream input, Consumer<String> onLine) {
    Thread thread = new Thread(() -> readLines(input, onLine), name + "-" + stream);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void readLines(InputStream input, Consumer<String> onLine) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        onLine.accept(line);
      }
    } catch (IOException e) {
      log.debug("{}: output ended: {}", name, e.getMessage());
    }
  }
}
