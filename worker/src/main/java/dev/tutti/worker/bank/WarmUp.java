package dev.tutti.worker.bank;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs every batch size once, which compiles it, and compares what they answer. */
final class WarmUp {
  private static final Logger log = LoggerFactory.getLogger(WarmUp.class);
  private static final long SEED = 1;

  private final ModelBank bank;

  WarmUp(ModelBank bank) {
    this.bank = bank;
  }

  /**
   * Answers that differ between batch sizes are no error, but whoever compares results must know.
   */
  void run() {
    BankDescription description = bank.description();
    ByteBuffer probe = probe(description.input());
    float[] first = null;
    int firstSize = 0;
    for (int size : description.batchSizes().sizes()) {
      List<ByteBuffer> rows = Collections.nCopies(size, probe);
      float[] answer =
          Arrays.copyOf(bank.infer(rows).probabilities(), description.families().size());
      if (first == null) {
        first = answer;
        firstSize = size;
      } else if (!Arrays.equals(first, answer)) {
        log.warn(
            "On this machine, answers differ in the last bits between batch sizes {} and {}.",
            firstSize,
            size);
      }
    }
  }

  /** Noise between -100 and 0 decibels. */
  private static ByteBuffer probe(BankInput input) {
    SplittableRandom random = new SplittableRandom(SEED);
    ByteBuffer row = ByteBuffer.allocate(input.rowBytes()).order(ByteOrder.LITTLE_ENDIAN);
    while (row.hasRemaining()) {
      row.putFloat((float) random.nextDouble(-100, 0));
    }
    return row.flip();
  }
}
