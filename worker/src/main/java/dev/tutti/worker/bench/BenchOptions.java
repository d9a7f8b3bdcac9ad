package dev.tutti.worker.bench;

import dev.tutti.worker.device.AvailableMemory;
import dev.tutti.worker.device.DeviceConfig;
import dev.tutti.worker.device.MemoryBudget;

/**
 * How to measure.
 *
 * @param rounds of each measurement, at least 1
 * @param memory that a bank may take, in the words of a worker's {@code --memory}
 */
public record BenchOptions(DeviceConfig device, int rounds, String memory) {
  /** The most rows of a batch that is measured; banks that memory cuts take fewer. */
  static final int MOST_ROWS = 8;

  /**
   * The memory as of now.
   *
   * @throws IllegalArgumentException if it is no limit
   */
  public MemoryBudget budget() {
    return MemoryBudget.parse(memory, AvailableMemory.ofThisMachine());
  }
}
