package dev.tutti.worker.bank;

import dev.tutti.worker.bank.input.BatchSizes;
import dev.tutti.worker.device.MemoryBudget;
import dev.tutti.worker.graph.ActivationMemory;
import dev.tutti.worker.graph.WeightedModel;
import dev.tutti.worker.keras.ModelFileException;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a worker takes, estimated.
 *
 * @param process bytes whatever it serves: the libraries, and the whole Java heap
 * @param weights bytes of all weights in float32
 * @param sample bytes for each row of the largest batch: its values, and its places in the tensors
 */
record MemoryNeed(long process, long weights, long sample) {
  private static final Logger log = LoggerFactory.getLogger(MemoryNeed.class);

  /** TensorFlow, the Java machine without its heap, and what reading the weights takes. */
  private static final long LIBRARIES = 500L << 20;

  /** Each batch size has a tensor; for powers of two they have twice the largest one's rows. */
  private static final int TENSOR_ROWS = 2;

  /** The need of a bank whose layers were folded to these. */
  static MemoryNeed of(BankModels models, Collection<WeightedModel> folded)
      throws ModelFileException {
    return new MemoryNeed(
        LIBRARIES + Runtime.getRuntime().maxMemory(),
        models.parameters() * Float.BYTES,
        ActivationMemory.bytesPerSample(folded) + (long) TENSOR_ROWS * models.input().rowBytes());
  }

  /** The bytes of a worker with this largest batch size. */
  long bytes(int largestBatch) {
    return process + weights + sample * largestBatch;
  }

  /** The sizes that fit, the smallest one in any case; says what was chosen and why. */
  BatchSizes within(MemoryBudget budget, BatchSizes requested) {
    if (budget.equals(MemoryBudget.unlimited())) {
      return requested;
    }
    List<Integer> fitting =
        requested.sizes().stream().filter(size -> bytes(size) <= budget.bytes()).toList();
    if (fitting.size() == requested.sizes().size()) {
      log.info(
          "Batch sizes {}: about {} of memory at most, of {} ({}).",
          requested.sizes(),
          MemoryBudget.describe(bytes(requested.largest())),
          MemoryBudget.describe(budget.bytes()),
          budget.origin());
      return requested;
    }
    BatchSizes chosen =
        fitting.isEmpty() ? BatchSizes.of(requested.sizes().get(0)) : new BatchSizes(fitting);
    int refused = requested.sizes().get(Math.min(fitting.size(), requested.sizes().size() - 1));
    log.warn(
        "Batch sizes {} instead of {}: {} takes about {} of memory (weights {}, a row {}, all else"
            + " {}), and {} may be used ({}).{}",
        chosen.sizes(),
        requested.sizes(),
        refused,
        MemoryBudget.describe(bytes(refused)),
        MemoryBudget.describe(weights),
        MemoryBudget.describe(sample),
        MemoryBudget.describe(process),
        MemoryBudget.describe(budget.bytes()),
        budget.origin(),
        fitting.isEmpty() ? " Even that is more; this machine may swap." : "");
    return chosen;
  }
}
