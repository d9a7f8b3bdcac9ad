package dev.tutti.server.batching;

import java.util.List;

/**
 * What a worker made of a batch.
 *
 * @param rows one row of probabilities a sample, in order
 * @param worker the name of the worker that answered
 * @param queueMicros microseconds on the way there and back, and waiting behind other batches
 * @param workerMicros microseconds in the models
 */
public record BatchAnswer(List<float[]> rows, String worker, long queueMicros, long workerMicros) {
  /** How many samples went together. */
  public int batchSize() {
    return rows.size();
  }

  /** The part of one sample. */
  Inference inference(int index) {
    return new Inference(rows.get(index), worker, queueMicros, workerMicros, batchSize());
  }
}
