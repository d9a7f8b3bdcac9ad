package dev.tutti.worker.bank;

import dev.tutti.core.label.InstrumentFamily;

/** A model answered something that is no probability; the message names its family. */
public final class ModelOutputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final InstrumentFamily family;
  private final int row;
  private final float answer;

  /**
   * A failure.
   *
   * @param row of the batch, from 0
   */
  ModelOutputException(InstrumentFamily family, int row, float answer) {
    super(
        "the model of %s answered row %d with %s, which is not a probability"
            .formatted(family.label(), row, answer));
    this.family = family;
    this.row = row;
    this.answer = answer;
  }

  InstrumentFamily family() {
    return family;
  }

  int row() {
    return row;
  }

  float answer() {
    return answer;
  }
}
