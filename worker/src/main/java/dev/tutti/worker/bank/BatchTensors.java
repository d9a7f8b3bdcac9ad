package dev.tutti.worker.bank;

import dev.tutti.worker.graph.NativeBuffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** One reused input tensor for each batch size. For one caller at a time. */
final class BatchTensors implements AutoCloseable {
  private final BatchSizes sizes;
  private final BankInput input;
  private final FiniteCopy copy = new FiniteCopy();
  private final int[] zeroRow;
  private final Map<Integer, Batch> batches = new LinkedHashMap<>();

  BatchTensors(BatchSizes sizes, BankInput input) {
    this.sizes = sizes;
    this.input = input;
    this.zeroRow = new int[input.rowBytes() / Float.BYTES];
    sizes.sizes().forEach(size -> batches.put(size, new Batch(size)));
  }

  /**
   * The smallest tensor that holds the rows, with zeros behind them, so that nothing of an earlier
   * batch is left in it.
   *
   * @throws InvalidBatchException for a wrong number of rows, or a row of the wrong length or with
   *     a value that is not finite
   */
  Tensor fill(List<ByteBuffer> rows) {
    Batch batch = batches.get(sizes.bucketFor(rows.size()));
    for (int i = 0; i < rows.size(); i++) {
      input.requireLength(rows.get(i), i);
    }
    batch.fill(rows);
    return batch.tensor;
  }

  @Override
  public void close() {
    batches.values().forEach(batch -> batch.tensor.close());
  }

  /** A tensor of one batch size. */
  private final class Batch {
    private final TFloat32 tensor;
    private final IntBuffer numbers;

    /** Rows that may hold something; new memory may hold anything. */
    private int used;

    Batch(int size) {
      tensor = TFloat32.tensorOf(Shape.of(size, input.bins(), input.frames(), 1));
      numbers = NativeBuffer.of(tensor).asIntBuffer();
      used = size;
    }

    void fill(List<ByteBuffer> rows) {
      int before = used;
      used = Math.max(before, rows.size());
      numbers.clear();
      for (int i = 0; i < rows.size(); i++) {
        int other = copy.copy(rows.get(i), numbers);
        if (other >= 0) {
          throw notFinite(rows.get(i), i, other);
        }
      }
      for (int row = rows.size(); row < before; row++) {
        numbers.put(zeroRow);
      }
      used = rows.size();
    }

    private InvalidBatchException notFinite(ByteBuffer row, int number, int index) {
      float value = row.slice().order(ByteOrder.LITTLE_ENDIAN).getFloat(index * Float.BYTES);
      return new InvalidBatchException(
          "row %d has %s at index %d; decibels are finite".formatted(number, value, index));
    }
  }
}
