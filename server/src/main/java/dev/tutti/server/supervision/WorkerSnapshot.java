package dev.tutti.server.supervision;

import dev.tutti.server.device.WorkerSlot;
import java.time.Instant;
import java.util.Optional;

/**
 * A worker at one moment.
 *
 * @param pid process id; zero when there is none
 * @param restarts how often it was started again
 * @param lastExit how it last ended; empty when it never did
 * @param readyAt the earliest moment at which it can take work, as far as its earlier starts tell;
 *     past when it may do so now, empty when it will not by itself
 */
public record WorkerSnapshot(
    WorkerSlot slot,
    WorkerState state,
    long pid,
    Optional<WorkerAddress> address,
    int restarts,
    Optional<Instant> startTime,
    String lastExit,
    Optional<Instant> readyAt) {}
