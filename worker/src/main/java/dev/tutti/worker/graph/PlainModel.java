package dev.tutti.worker.graph;

import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.layer.KerasModel;
import dev.tutti.worker.keras.layer.WeightSource;
import java.nio.FloatBuffer;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.types.TFloat32;

/** One model as it is written, in a graph of its own: in float32, nothing folded or fused. */
public final class PlainModel implements AutoCloseable {
  private final KerasModel model;
  private final int largestBatch;
  private final Graph graph = new Graph();
  private final Session session;
  private Operand<TFloat32> input;
  private Operand<TFloat32> output;

  private PlainModel(KerasModel model, int largestBatch, ConfigProto device) {
    this.model = model;
    this.largestBatch = largestBatch;
    this.session = new Session(graph, device);
  }

  /**
   * Loads a model.
   *
   * @param largestBatch samples that one run may have
   * @throws ModelFileException if a weight cannot be read
   */
  public static PlainModel load(
      KerasModel model, WeightSource source, int largestBatch, ConfigProto device)
      throws ModelFileException {
    PlainModel plain = new PlainModel(model, largestBatch, device);
    boolean complete = false;
    try {
      plain.build(source);
      complete = true;
      return plain;
    } finally {
      if (!complete) {
        plain.close();
      }
    }
  }

  private void build(WeightSource source) throws ModelFileException {
    Ops tf = Ops.create(graph);
    input = tf.placeholder(TFloat32.class, Placeholder.shape(batchOf(Shape.UNKNOWN_SIZE)));
    try (ModelWeights weights = new ModelWeights(tf, "model", source)) {
      output = new ModelGraph(tf, weights, largestBatch).add(model, input);
      weights.fill(session);
    }
  }

  /**
   * The answers to some samples, one behind the other.
   *
   * @param samples one behind the other, in row-major order; no more than the largest batch
   */
  public float[] run(float[] samples) {
    int count = Math.toIntExact(samples.length / model.input().elements());
    if (count < 1 || count > largestBatch || samples.length % model.input().elements() != 0) {
      throw new IllegalArgumentException(
          "%d numbers are not a batch of 1 to %d samples of %s"
              .formatted(samples.length, largestBatch, model.input()));
    }
    try (TFloat32 batch = TFloat32.tensorOf(batchOf(count), DataBuffers.of(samples));
        Result result = session.runner().feed(input, batch).fetch(output).run()) {
      FloatBuffer answer = NativeBuffer.of(result.get(0)).asFloatBuffer();
      float[] copy = new float[Math.toIntExact(count * model.output().elements())];
      answer.get(copy);
      return copy;
    }
  }

  private Shape batchOf(long count) {
    Shape sample = Shape.of(model.input().sizes().stream().mapToLong(size -> size).toArray());
    return sample.prepend(count);
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}
