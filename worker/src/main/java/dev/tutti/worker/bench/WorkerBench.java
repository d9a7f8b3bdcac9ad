package dev.tutti.worker.bench;

import dev.tutti.worker.bank.BankImport;
import dev.tutti.worker.bench.BankBench.Line;
import dev.tutti.worker.device.DeviceSettings;
import dev.tutti.worker.graph.Precision;
import dev.tutti.worker.grpc.InferenceClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Measures real worker processes on a bank that is written to a temporary folder. */
final class WorkerBench {
  private static final int MOST_STARTS = 5;

  private final DeviceSettings device;
  private final int rounds;

  WorkerBench(DeviceSettings device, int rounds) {
    this.device = device;
    this.rounds = rounds;
  }

  List<Line> run(BenchSubject subject) throws IOException {
    Path folder = Files.createTempDirectory("tutti-bench");
    try {
      Path bank = folder.resolve("bank");
      new BankImport(device).write(subject.source(), bank);
      List<Line> lines = new ArrayList<>();
      for (Precision precision : Precision.values()) {
        lines.addAll(lines(subject, bank, precision, folder));
      }
      return lines;
    } finally {
      delete(folder);
    }
  }

  private List<Line> lines(BenchSubject subject, Path bank, Precision precision, Path folder)
      throws IOException {
    String name = subject.name() + ", worker in " + precision.label();
    Medians medians = new Medians();
    int starts = Math.min(MOST_STARTS, rounds);
    for (int start = 1; start <= starts; start++) {
      try (BenchWorker worker = BenchWorker.start(bank, precision, device, folder)) {
        medians.add("start", worker.startSeconds());
        medians.add("resident", worker.megabytes("VmRSS"));
        medians.add("peak", worker.megabytes("VmHWM"));
        if (start == starts) {
          calls(worker, subject, medians);
        }
      }
    }
    String wantedMegabytes = subject.wantedMegabytes();
    String wantedStart =
        subject.startSeconds().isPresent() ? "<= " + subject.startSeconds().getAsDouble() : "";
    return List.of(
        new Line(name + ": start to READY", medians.of("start"), "s", wantedStart),
        new Line(name + ": resident then", medians.of("resident"), "MB", wantedMegabytes),
        new Line(name + ": peak before", medians.of("peak"), "MB", ""),
        new Line(name + ": call over its socket, batch 1", medians.of("1"), "ms/sample", ""),
        new Line(name + ": call over its socket, batch 8", medians.of("8"), "ms/sample", ""));
  }

  private void calls(BenchWorker worker, BenchSubject subject, Medians medians) {
    int elements =
        Math.toIntExact(
            subject.source().models().values().iterator().next().model().input().elements());
    List<ByteBuffer> rows = BankTimer.rows(elements);
    try (InferenceClient client = worker.connect()) {
      client.infer(rows);
      for (int round = 0; round < rounds; round++) {
        medians.add("1", worker.callMillis(client, rows.subList(0, 1)));
        medians.add("8", worker.callMillis(client, rows));
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
