package dev.tutti.server.batching;

/**
 * One sample's probabilities and how they were made. Never compared.
 *
 * @param probabilities one per family of the bank, in id order; not to be written to
 * @param worker the name of the worker that made them
 * @param queueMicros as {@link BatchAnswer#queueMicros}
 * @param workerMicros as {@link BatchAnswer#workerMicros}, of the whole batch
 * @param batchSize how many samples went together
 */
@SuppressWarnings("ArrayRecordComponent")
public record Inference(
    float[] probabilities, String worker, long queueMicros, long workerMicros, int batchSize) {}
