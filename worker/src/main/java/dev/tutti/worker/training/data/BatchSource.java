package dev.tutti.worker.training.data;

/** Makes training batches. A batch is the same whenever it is made. */
public interface BatchSource {
  /** Makes batch number {@code number}, from 0. */
  void fill(long number, TrainingBatch batch);
}
