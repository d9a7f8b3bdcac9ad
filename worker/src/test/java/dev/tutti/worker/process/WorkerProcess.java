package dev.tutti.worker.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A worker as its own process, started as a launcher does. */
final class WorkerProcess implements AutoCloseable {
  private final Process process;
  private final Path log;

  private WorkerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  static WorkerProcess start(Path log, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-cp", System.getProperty("java.class.path")));
    command.add("dev.tutti.worker.WorkerMain");
    command.addAll(List.of(arguments));
    return new WorkerProcess(new ProcessBuilder(command).redirectError(log.toFile()).start(), log);
  }

  /** The address of the handshake line, the first line on standard output. */
  String handshake() throws IOException {
    BufferedReader lines =
        new BufferedReader(
            new java.io.InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = lines.readLine();
    if (line == null || !line.startsWith("TUTTI-WORKER 1 ")) {
      throw new IOException("no handshake but '" + line + "'; see " + log);
    }
    return line.substring("TUTTI-WORKER 1 ".length());
  }

  /** SIGTERM. */
  void terminate() {
    process.destroy();
  }

  void closeStdin() throws IOException {
    process.getOutputStream().close();
  }

  /** The exit code. */
  int await() throws InterruptedException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new AssertionError("the worker did not end");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
