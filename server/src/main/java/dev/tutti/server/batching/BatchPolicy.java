package dev.tutti.server.batching;

import static dev.tutti.server.config.InvalidSettingException.check;

import dev.tutti.server.config.ConfigSource;
import java.time.Duration;

/**
 * When samples become a batch. The words are TensorFlow Serving's.
 *
 * @param maxBatchSize most samples in one batch
 * @param batchTimeout how long a worker that is free waits for a batch to fill; zero sends what is
 *     there, and batches form by themselves while all workers are busy
 * @param maxEnqueuedBatches full batches that may wait in each lane; more are turned away
 * @param maxEnqueuedBytes what the samples that wait in each lane may weigh; more are turned away
 * @param maxQueueTime how long a sample may wait in all, across failovers
 */
public record BatchPolicy(
    int maxBatchSize,
    Duration batchTimeout,
    int maxEnqueuedBatches,
    long maxEnqueuedBytes,
    Duration maxQueueTime) {
  public static final BatchPolicy DEFAULT = defaults(2L << 30);

  /** What is right for a heap of this size: each lane may take an eighth of it. */
  public static BatchPolicy defaults(long heapBytes) {
    return new BatchPolicy(8, Duration.ZERO, 64, heapBytes / 8, Duration.ofMinutes(2));
  }

  public BatchPolicy {
    check(
        maxBatchSize >= 1 && maxBatchSize <= 256,
        "batching.max-batch-size",
        maxBatchSize,
        "1..256");
    check(!batchTimeout.isNegative(), "batching.batch-timeout", batchTimeout, "zero or more");
    check(
        maxEnqueuedBatches >= 1, "batching.max-enqueued-batches", maxEnqueuedBatches, "1 or more");
    check(maxEnqueuedBytes >= 1, "batching.max-enqueued-bytes", maxEnqueuedBytes, "1 or more");
    check(
        maxQueueTime.compareTo(Duration.ZERO) > 0,
        "batching.max-queue-time",
        maxQueueTime,
        "more than zero");
  }

  /**
   * @param heapBytes the heap that the defaults are shares of
   */
  public static BatchPolicy from(ConfigSource source, long heapBytes) {
    BatchPolicy defaults = defaults(heapBytes);
    int batchSize = source.integer("batching.max-batch-size", defaults.maxBatchSize);
    // Smaller batches are no reason for fewer samples to wait.
    int batches =
        Math.max(defaults.maxEnqueuedBatches, defaults.laneCapacity() / Math.max(1, batchSize));
    return new BatchPolicy(
        batchSize,
        source.duration("batching.batch-timeout", defaults.batchTimeout),
        source.integer("batching.max-enqueued-batches", batches),
        source.bytes("batching.max-enqueued-bytes", defaults.maxEnqueuedBytes),
        source.duration("batching.max-queue-time", defaults.maxQueueTime));
  }

  /** Samples that may wait in one lane. */
  public int laneCapacity() {
    return maxBatchSize * maxEnqueuedBatches;
  }
}
