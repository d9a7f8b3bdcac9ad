package dev.tutti.server.supervision;

import java.util.Map;

/**
 * One place for a worker: a device, or a share of the CPU.
 *
 * @param name such as {@code worker-0}
 * @param device {@code cpu} or {@code cuda:K}
 * @param threads threads for one operation
 * @param environment set before the process starts, since TensorFlow reads it while it loads
 */
public record WorkerSlot(
    String name, String device, int threads, Map<String, String> environment) {}
