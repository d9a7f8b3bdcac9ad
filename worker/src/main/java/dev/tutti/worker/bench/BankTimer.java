package dev.tutti.worker.bench;

import dev.tutti.core.content.PackedFloats;
import dev.tutti.worker.bank.ModelBank;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Runs a bank and looks at the clock. */
final class BankTimer {
  private final ModelBank bank;
  private final List<ByteBuffer> rows;

  BankTimer(ModelBank bank) {
    this.bank = bank;
    rows = rows(bank.description().input().rowBytes() / Float.BYTES);
    cpuMillis(1);
    cpuMillis(mostRows());
  }

  /** The rows of the largest batch that is measured. */
  int mostRows() {
    return Math.min(BenchOptions.MOST_ROWS, bank.description().batchSizes().largest());
  }

  /** A batch of spectrograms of noise. */
  static List<ByteBuffer> rows(int numbers) {
    List<ByteBuffer> rows = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < BenchOptions.MOST_ROWS; i++) {
      float[] row = new float[numbers];
      for (int j = 0; j < numbers; j++) {
        row[j] = (float) random.nextDouble(-80, 0);
      }
      rows.add(ByteBuffer.wrap(PackedFloats.pack(row)).asReadOnlyBuffer());
    }
    return rows;
  }

  /** The processor time of one sample in a batch of this size. */
  double cpuMillis(int batch) {
    return CpuClock.millis(() -> bank.infer(rows.subList(0, batch))) / batch;
  }

  /** What checking, feeding and reading a batch takes besides the session's run, on the wall. */
  double overheadMicros(int batch) {
    long before = System.nanoTime();
    long session = bank.infer(rows.subList(0, batch)).sessionMicros();
    return (System.nanoTime() - before) / 1e3 - session;
  }
}
