package dev.tutti.worker.bank.input;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * One batch as it comes.
 *
 * @param kind what the rows hold
 * @param rows one sample each, packed and little-endian, from position to limit; not changed
 * @param quantizations of bytes, one for each row; none for other kinds
 */
public record InputRows(InputKind kind, List<ByteBuffer> rows, List<Quantization> quantizations) {
  /** Keeps its own lists. */
  public InputRows {
    rows = List.copyOf(rows);
    quantizations = List.copyOf(quantizations);
  }

  /** Rows that are not quantized. */
  public static InputRows of(InputKind kind, List<ByteBuffer> rows) {
    return new InputRows(kind, rows, List.of());
  }

  /**
   * Compares the rows with what a bank takes; the numbers in them are looked at later.
   *
   * @throws InvalidBatchException for a kind that the bank does not take, a row of the wrong
   *     length, or wrong quantizations
   */
  void check(BankInput input) {
    input
        .obstacle(kind)
        .ifPresent(
            reason -> {
              throw new InvalidBatchException("this bank takes no audio: " + reason);
            });
    int wanted = kind == InputKind.DECIBELS_UINT8 ? rows.size() : 0;
    if (quantizations.size() != wanted) {
      throw new InvalidBatchException(
          "%d rows of %s have %d quantizations; %d are wanted"
              .formatted(rows.size(), kind.type(), quantizations.size(), wanted));
    }
    for (int i = 0; i < rows.size(); i++) {
      input.requireLength(rows.get(i), kind, i);
    }
    for (int i = 0; i < quantizations.size(); i++) {
      quantizations.get(i).check(i);
    }
  }
}
