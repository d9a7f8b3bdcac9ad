package dev.tutti.worker.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * The processor time of this process, all threads together. Unlike the time on the wall it does not
 * count what other processes do. It counts in steps of 10 ms, so work is repeated for half a
 * second.
 */
final class CpuClock {
  private static final long ENOUGH_NANOS = 500_000_000;

  private CpuClock() {}

  /** Milliseconds of processor time that some work takes, the mean of its repetitions. */
  static double millis(Runnable work) {
    long before = nanos();
    long spent;
    int repetitions = 0;
    do {
      work.run();
      repetitions++;
      spent = nanos() - before;
    } while (spent < ENOUGH_NANOS);
    return spent / 1e6 / repetitions;
  }

  private static long nanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
