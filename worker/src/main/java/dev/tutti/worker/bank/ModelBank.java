package dev.tutti.worker.bank;

import dev.tutti.worker.bank.input.BatchInputs;
import dev.tutti.worker.bank.input.InputKind;
import dev.tutti.worker.bank.input.InputRows;
import dev.tutti.worker.bank.input.InvalidBatchException;
import java.nio.ByteBuffer;
import java.util.List;
import org.tensorflow.proto.ConfigProto;

/**
 * All models of a folder as one. A sample's probabilities do not depend on its place in the batch,
 * on the other samples, or on the batch size. Safe for several threads; batches run one at a time.
 */
public final class ModelBank implements AutoCloseable {
  /** What float32 may lose at the ends of 0..1. */
  private static final float ROUNDING = 1e-6f;

  private final BankDescription description;
  private final List<BankPart> parts;
  private final BatchInputs inputs;

  ModelBank(BankDescription description, List<BankPart> parts, ConfigProto device) {
    this.description = description;
    this.parts = List.copyOf(parts);
    this.inputs = new BatchInputs(description.batchSizes(), description.input(), device);
  }

  /** What this bank is. */
  public BankDescription description() {
    return description;
  }

  /**
   * Runs one batch of spectrograms in float32.
   *
   * @param rows one spectrogram each, bins x frames float32 little-endian decibels, row-major, from
   *     position to limit; not changed
   * @throws InvalidBatchException as {@link #infer(InputRows)}
   * @throws ModelOutputException if a model answers a finite row with something that is no
   *     probability
   */
  public BatchAnswer infer(List<ByteBuffer> rows) {
    BatchAnswer answer = infer(InputRows.of(InputKind.DECIBELS_FLOAT32, rows));
    requireProbabilities(answer.probabilities());
    return answer;
  }

  /**
   * Runs one batch. Where a model answers a row with something that is no probability, the answer
   * holds that, so that the other rows of the batch are answered: whoever asks looks at each row.
   *
   * @throws InvalidBatchException for a wrong number of rows, wrong quantizations, a kind that the
   *     bank does not take, or a row of the wrong length or with a number that is not finite
   */
  public synchronized BatchAnswer infer(InputRows batch) {
    try (BatchInputs.Fed fed = inputs.feed(batch)) {
      return run(fed, batch.rows().size());
    }
  }

  private BatchAnswer run(BatchInputs.Fed batch, int rows) {
    int families = description.families().size();
    float[] probabilities = new float[rows * families];
    long micros = batch.micros();
    for (BankPart part : parts) {
      BatchAnswer answer = part.run(batch.tensor(), rows);
      micros += answer.sessionMicros();
      int width = part.columns().size();
      for (int i = 0; i < answer.probabilities().length; i++) {
        int column = part.columns().get(i % width);
        probabilities[i / width * families + column] = answer.probabilities()[i];
      }
    }
    settle(probabilities);
    return new BatchAnswer(probabilities, micros);
  }

  @Override
  public synchronized void close() {
    inputs.close();
    parts.forEach(BankPart::close);
  }

  /** Cuts off what rounding added to a probability. */
  private static void settle(float[] probabilities) {
    for (int i = 0; i < probabilities.length; i++) {
      float probability = probabilities[i];
      if (probability >= -ROUNDING && probability <= 1 + ROUNDING) {
        probabilities[i] = Math.min(Math.max(probability, 0), 1);
      }
    }
  }

  private void requireProbabilities(float[] answers) {
    int families = description.families().size();
    for (int i = 0; i < answers.length; i++) {
      if (!(answers[i] >= 0 && answers[i] <= 1)) {
        throw new ModelOutputException(
            description.families().get(i % families), i / families, answers[i]);
      }
    }
  }
}
