package dev.tutti.server.device;

import java.util.List;
import java.util.Map;

/**
 * One place for a worker: a device, or a share of the CPU.
 *
 * @param name such as {@code worker-0}
 * @param device {@code cpu} or {@code cuda:K}
 * @param wrapper a program and its arguments that the worker's command is appended to; empty for
 *     none
 * @param options of the worker, which say how to use the device
 * @param environment set before the process starts, since TensorFlow reads it while it loads
 */
public record WorkerSlot(
    String name,
    String device,
    List<String> wrapper,
    List<String> options,
    Map<String, String> environment) {
  /** The same place for another worker. */
  public WorkerSlot named(String other) {
    return new WorkerSlot(other, device, wrapper, options, environment);
  }
}
