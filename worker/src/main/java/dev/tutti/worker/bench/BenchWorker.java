package dev.tutti.worker.bench;

import dev.tutti.worker.graph.Precision;
import dev.tutti.worker.grpc.InferenceClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A worker process, started as a gateway starts it. */
final class BenchWorker implements AutoCloseable {
  private static final int CALLS = 5;

  private final Process process;
  private final Path socket;
  private final double startSeconds;

  private BenchWorker(Process process, Path socket, double startSeconds) {
    this.process = process;
    this.socket = socket;
    this.startSeconds = startSeconds;
  }

  /**
   * Starts a worker and waits until it is ready.
   *
   * @param models a folder of models, or a bank
   * @param folder for its socket and its log
   */
  static BenchWorker start(Path models, Precision precision, BenchOptions options, Path folder)
      throws IOException {
    Path socket = folder.resolve("worker.sock");
    List<String> command = new ArrayList<>(program());
    command.addAll(List.of("--models", models.toString(), "--listen", "unix:" + socket));
    command.addAll(List.of("--precision", precision.label()));
    int threads = options.device().intraOpThreads();
    command.addAll(List.of("--intra-threads", String.valueOf(threads)));
    command.addAll(List.of("--memory", options.memory()));
    Path log = folder.resolve("worker.log");
    long start = System.nanoTime();
    Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    String line = lines.readLine();
    double seconds = (System.nanoTime() - start) / 1e9;
    if (line == null || !line.startsWith("TUTTI-WORKER ")) {
      process.destroyForcibly();
      throw new IOException("the worker did not start: " + Files.readString(log));
    }
    return new BenchWorker(process, socket, seconds);
  }

  /** The launcher, or this program's own Java where there is none. */
  private static List<String> program() {
    return Optional.ofNullable(System.getProperty("tutti.launcher"))
        .map(launcher -> List.of(launcher, "worker"))
        .orElseGet(
            () ->
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    "dev.tutti.worker.WorkerMain"));
  }

  /** From the start of the process to the line that says it is ready. */
  double startSeconds() {
    return startSeconds;
  }

  /**
   * What Linux says of its memory, in MB of a million bytes; NaN where there is no such line.
   *
   * @param line {@code VmRSS} for the resident memory now, {@code VmHWM} for the most so far
   */
  double megabytes(String line) throws IOException {
    return Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), "status")).stream()
        .filter(text -> text.startsWith(line + ":"))
        .mapToDouble(text -> Double.parseDouble(text.replaceAll("\\D", "")) * 1024 / 1e6)
        .findFirst()
        .orElse(Double.NaN);
  }

  /** Wall time of one sample in a call of this batch: the median of some calls. */
  double callMillis(InferenceClient client, List<ByteBuffer> rows) {
    double[] times = new double[CALLS];
    for (int i = 0; i < CALLS; i++) {
      long start = System.nanoTime();
      client.infer(rows);
      times[i] = (System.nanoTime() - start) / 1e6 / rows.size();
    }
    Arrays.sort(times);
    return times[CALLS / 2];
  }

  InferenceClient connect() {
    return new InferenceClient(socket);
  }

  /** Ends with its standard input. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(1, TimeUnit.MINUTES)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
