package dev.tutti.worker.bank.input;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Result;
import org.tensorflow.Tensor;
import org.tensorflow.proto.ConfigProto;

/**
 * Makes batches of any kind into what the models take. Float32 spectrograms are ready at once; what
 * other kinds need is made when the first of them comes. For one caller at a time.
 */
public final class BatchInputs implements AutoCloseable {
  private final BatchSizes sizes;
  private final BankInput input;
  private final ConfigProto device;
  private final Map<InputKind, BatchTensors> tensors = new EnumMap<>(InputKind.class);
  private final Map<InputKind, InputGraph> graphs = new EnumMap<>(InputKind.class);

  public BatchInputs(BatchSizes sizes, BankInput input, ConfigProto device) {
    this.sizes = sizes;
    this.input = input;
    this.device = device;
    tensorsOf(InputKind.DECIBELS_FLOAT32);
  }

  /**
   * A batch that can be fed to the models until it is closed.
   *
   * @param tensor [a batch size, bins, frames, 1]
   * @param micros that TensorFlow took to make it
   * @param owner of the tensor, where it is not reused
   */
  public record Fed(Tensor tensor, long micros, Optional<Result> owner) implements AutoCloseable {
    @Override
    public void close() {
      owner.ifPresent(Result::close);
    }
  }

  /**
   * Brings rows into a tensor of the next batch size.
   *
   * @throws InvalidBatchException for a wrong number of rows, wrong quantizations, a kind that is
   *     not accepted, or a row of the wrong length or with a number that is not finite
   */
  public Fed feed(InputRows batch) {
    sizes.bucketFor(batch.rows().size());
    batch.check(input);
    Tensor rows = tensorsOf(batch.kind()).fill(batch.rows());
    if (batch.kind() == InputKind.DECIBELS_FLOAT32) {
      return new Fed(rows, 0, Optional.empty());
    }
    InputGraph graph =
        graphs.computeIfAbsent(batch.kind(), kind -> new InputGraph(kind, input, device));
    long start = System.nanoTime();
    Result result = graph.run(rows, batch.quantizations());
    long micros = (System.nanoTime() - start) / 1000;
    return new Fed(result.get(0), micros, Optional.of(result));
  }

  private BatchTensors tensorsOf(InputKind kind) {
    return tensors.computeIfAbsent(kind, k -> new BatchTensors(sizes, input, k));
  }

  @Override
  public void close() {
    graphs.values().forEach(InputGraph::close);
    tensors.values().forEach(BatchTensors::close);
  }
}
