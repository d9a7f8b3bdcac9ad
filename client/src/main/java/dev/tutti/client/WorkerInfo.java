package dev.tutti.client;

/**
 * One worker process.
 *
 * @param state in lower case, such as {@code ready}
 * @param pid zero when there is no process
 */
public record WorkerInfo(
    String name, String state, String device, long pid, int restarts, String lastExit) {}
