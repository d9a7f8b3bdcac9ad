package dev.tutti.worker.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * The processor time of this process, all threads together. Unlike the time on the wall it does not
 * count what other processes do.
 */
final class CpuClock {
  private CpuClock() {}

  static long nanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }
}
