package dev.tutti.worker.bank;

import java.util.List;
import org.tensorflow.Tensor;

/** What computes some columns of a bank's answers. */
interface BankPart extends AutoCloseable {
  /** Which families, as positions in the answer. */
  List<Integer> columns();

  /**
   * Runs a batch.
   *
   * @param batch [a batch size, bins, frames, 1]
   * @param rows of the batch that count
   * @return [rows, columns]
   */
  BatchAnswer run(Tensor batch, int rows);

  @Override
  void close();
}
