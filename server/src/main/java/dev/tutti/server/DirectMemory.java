package dev.tutti.server;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.tutti.server.config.InvalidSettingException;
import dev.tutti.server.grpc.call.Listener;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/** The memory outside the heap that network buffers take, against what the settings let them. */
final class DirectMemory {
  private DirectMemory() {}

  /** What this process may take, in bytes: {@code -XX:MaxDirectMemorySize}. */
  static long ofThisProcess() {
    String limit =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
            .getVMOption("MaxDirectMemorySize")
            .getValue();
    // Where it is not set, the JVM allows as much as the heap.
    return limit.equals("0") ? Runtime.getRuntime().maxMemory() : Long.parseLong(limit);
  }

  /**
   * @param bytes what there is
   * @throws InvalidSettingException with the sum, where clients could make it more than that
   */
  static void check(GatewayConfig config, long bytes) {
    int connections = config.server().maxConnections();
    long inFlight = config.server().maxInFlightBytes();
    long sum = (long) connections * Listener.FLOW_CONTROL_WINDOW + inFlight;
    if (sum > bytes) {
      throw new InvalidSettingException(
          String.format(
              Locale.ROOT,
              "server.max-connections x %,d + server.max-in-flight-bytes = %,d x %,d + %,d = %,d"
                  + " bytes of network buffers, but there are %,d bytes of direct memory. Lower one"
                  + " of them, or give the server more (TUTTI_SERVE_DIRECT).",
              Listener.FLOW_CONTROL_WINDOW,
              connections,
              Listener.FLOW_CONTROL_WINDOW,
              inFlight,
              sum,
              bytes));
    }
  }
}
