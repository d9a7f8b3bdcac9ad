package dev.tutti.worker.bench;

import dev.tutti.worker.bank.BankImport;
import dev.tutti.worker.bench.BankBench.Line;
import dev.tutti.worker.graph.Precision;
import dev.tutti.worker.grpc.InferenceClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Measures real worker processes on a bank that is written to a temporary folder. */
final class WorkerBench {
  private static final int MOST_STARTS = 5;

  private final BenchOptions options;
  private final Consumer<Line> lines;

  WorkerBench(BenchOptions options, Consumer<Line> lines) {
    this.options = options;
    this.lines = lines;
  }

  void run(BenchSubject subject) throws IOException {
    Path folder = Files.createTempDirectory("tutti-bench");
    try {
      Path bank = folder.resolve("bank");
      new BankImport(options.device()).write(subject.source(), bank);
      for (Precision precision : Precision.values()) {
        measure(subject, bank, precision, folder);
      }
    } finally {
      delete(folder);
    }
  }

  private void measure(BenchSubject subject, Path bank, Precision precision, Path folder)
      throws IOException {
    Medians medians = new Medians();
    int starts = Math.min(MOST_STARTS, options.rounds());
    try {
      for (int start = 1; start <= starts; start++) {
        try (BenchWorker worker = BenchWorker.start(bank, precision, options, folder)) {
          medians.add("start", worker.startSeconds());
          medians.add("resident", worker.megabytes("VmRSS"));
          medians.add("peak", worker.megabytes("VmHWM"));
          if (start == starts) {
            calls(worker, subject, medians);
          }
        }
      }
    } finally {
      report(subject, subject.name() + ", worker in " + precision.label(), medians);
    }
  }

  /** What there is; a worker that fails has measured something before. */
  private void report(BenchSubject subject, String name, Medians medians) {
    String wantedStart =
        subject.startSeconds().isPresent() ? "<= " + subject.startSeconds().getAsDouble() : "";
    for (String what : medians.names()) {
      double median = medians.of(what);
      lines.accept(
          switch (what) {
            case "start" -> new Line(name + ": start to READY", median, "s", wantedStart);
            case "resident" ->
                new Line(name + ": resident then", median, "MB", subject.wantedMegabytes());
            case "peak" -> new Line(name + ": peak before", median, "MB", "");
            default -> new Line(name + ": call over its socket, " + what, median, "ms/sample", "");
          });
    }
  }

  private void calls(BenchWorker worker, BenchSubject subject, Medians medians) {
    int elements =
        Math.toIntExact(
            subject.source().models().values().iterator().next().model().input().elements());
    try (InferenceClient client = worker.connect()) {
      List<ByteBuffer> all = BankTimer.rows(elements);
      List<ByteBuffer> rows = all.subList(0, Math.min(all.size(), client.largestBatch()));
      client.infer(rows);
      for (int round = 0; round < options.rounds(); round++) {
        medians.add("batch 1", worker.callMillis(client, rows.subList(0, 1)));
        if (rows.size() > 1) {
          medians.add("batch " + rows.size(), worker.callMillis(client, rows));
        }
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
