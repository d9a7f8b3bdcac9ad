package dev.tutti.server.supervision;

import dev.tutti.server.device.WorkerSlot;
import java.io.IOException;

/** Starts worker processes. */
public interface ProcessLauncher {
  /**
   * @param slot which worker
   * @param incarnation how often this worker was started before
   */
  WorkerProcess launch(WorkerSlot slot, int incarnation) throws IOException;
}
