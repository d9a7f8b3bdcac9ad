package dev.tutti.client;

/**
 * One worker process.
 *
 * @param state in lower case, such as {@code ready}
 * @param version of the models that it was started with; zero where they have no numbers
 * @param pid zero when there is no process
 */
public record WorkerInfo(
    String name,
    String state,
    String device,
    int version,
    long pid,
    int restarts,
    String lastExit) {}
