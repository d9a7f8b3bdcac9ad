package dev.tutti.worker.bank;

/**
 * The answer to one batch.
 *
 * @param probabilities [rows, families] row-major, each in 0..1; not copied
 * @param sessionMicros microseconds in TensorFlow
 */
@SuppressWarnings("ArrayRecordComponent") // Compared nowhere; copied into a message once.
public record BatchAnswer(float[] probabilities, long sessionMicros) {}
