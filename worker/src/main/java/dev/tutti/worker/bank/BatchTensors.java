package dev.tutti.worker.bank;

import dev.tutti.worker.graph.NativeBuffer;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** One reused input tensor for each batch size. For one caller at a time. */
final class BatchTensors implements AutoCloseable {
  private record Batch(TFloat32 tensor, ByteBuffer bytes) {}

  private final BatchSizes sizes;
  private final Map<Integer, Batch> batches = new LinkedHashMap<>();

  BatchTensors(BatchSizes sizes, BankInput input) {
    this.sizes = sizes;
    for (int size : sizes.sizes()) {
      TFloat32 tensor = TFloat32.tensorOf(Shape.of(size, input.bins(), input.frames(), 1));
      batches.put(size, new Batch(tensor, NativeBuffer.of(tensor)));
    }
  }

  /**
   * The smallest tensor that holds the rows, filled up with zeros, so that nothing of an earlier
   * batch is left in it.
   */
  Tensor fill(List<ByteBuffer> rows) {
    Batch batch = batches.get(sizes.bucketFor(rows.size()));
    ByteBuffer bytes = batch.bytes().clear();
    for (ByteBuffer row : rows) {
      bytes.put(row.duplicate());
    }
    while (bytes.remaining() >= Long.BYTES) {
      bytes.putLong(0);
    }
    while (bytes.hasRemaining()) {
      bytes.put((byte) 0);
    }
    return batch.tensor();
  }

  @Override
  public void close() {
    batches.values().forEach(batch -> batch.tensor().close());
  }
}
