package dev.tutti.worker.training;

/** Makes training batches. A batch is the same whenever it is made. */
interface BatchSource {
  /** Makes batch number {@code number}, from 0. */
  void fill(long number, TrainingBatch batch);
}
