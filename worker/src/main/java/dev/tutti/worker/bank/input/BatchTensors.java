package dev.tutti.worker.bank.input;

import dev.tutti.worker.bank.input.FiniteCopy.Limit;
import dev.tutti.worker.graph.NativeBuffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Tensor;

/** One reused tensor of rows as they come for each batch size. For one caller at a time. */
final class BatchTensors implements AutoCloseable {
  private final BatchSizes sizes;
  private final InputKind kind;
  private final Optional<FiniteCopy> copy;
  private final byte[] zeroRow;
  private final Map<Integer, Batch> batches = new LinkedHashMap<>();

  BatchTensors(BatchSizes sizes, BankInput input, InputKind kind) {
    this.sizes = sizes;
    this.kind = kind;
    this.copy = limit(kind).map(FiniteCopy::new);
    this.zeroRow = new byte[input.rowBytes(kind)];
    sizes.sizes().forEach(size -> batches.put(size, new Batch(size, input)));
  }

  /**
   * The smallest tensor that holds the rows, with zeros behind them, so that nothing of an earlier
   * batch is left in it.
   *
   * @param rows of the right length
   * @throws InvalidBatchException for a wrong number of rows, or a row with a number that is not
   *     finite
   */
  Tensor fill(List<ByteBuffer> rows) {
    Batch batch = batches.get(sizes.bucketFor(rows.size()));
    batch.fill(rows);
    return batch.tensor;
  }

  @Override
  public void close() {
    batches.values().forEach(batch -> batch.tensor.close());
  }

  /** Integers are always finite. */
  private static Optional<Limit> limit(InputKind kind) {
    return switch (kind) {
      case DECIBELS_FLOAT32 -> Optional.of(Limit.FLOAT32);
      case DECIBELS_FLOAT16 -> Optional.of(Limit.FLOAT16);
      case AUDIO_FLOAT32 -> Optional.of(Limit.FLOAT32_SAMPLES);
      case DECIBELS_UINT8, AUDIO_INT16 -> Optional.empty();
    };
  }

  /** A tensor of one batch size. */
  private final class Batch {
    private final Tensor tensor;
    private final ByteBuffer bytes;

    /** Rows that may hold something; new memory may hold anything. */
    private int used;

    Batch(int size, BankInput input) {
      tensor = InputGraph.rows(kind, input, size);
      bytes = NativeBuffer.of(tensor);
      used = size;
    }

    void fill(List<ByteBuffer> rows) {
      int before = used;
      used = Math.max(before, rows.size());
      bytes.clear();
      for (int i = 0; i < rows.size(); i++) {
        add(rows.get(i), i);
      }
      for (int row = rows.size(); row < before; row++) {
        bytes.put(zeroRow);
      }
      used = rows.size();
    }

    private void add(ByteBuffer row, int number) {
      if (copy.isEmpty()) {
        bytes.put(row.duplicate());
        return;
      }
      int other = copy.get().copy(row, bytes);
      if (other >= 0) {
        throw new InvalidBatchException(
            "row %d has %s at index %d; %s"
                .formatted(
                    number,
                    words(row.slice().order(ByteOrder.LITTLE_ENDIAN), other),
                    other,
                    kind.isAudio() ? "samples are finite and below 2^48" : "decibels are finite"));
      }
    }

    private String words(ByteBuffer row, int index) {
      return kind == InputKind.DECIBELS_FLOAT16
          ? "the float16 0x%04x".formatted(row.getShort(index * Short.BYTES))
          : String.valueOf(row.getFloat(index * Float.BYTES));
    }
  }
}
