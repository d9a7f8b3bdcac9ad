package dev.tutti.worker.graph;

import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.TensorShape;
import dev.tutti.worker.keras.WeightSource;
import dev.tutti.worker.keras.WeightTensor;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.AssignVariableOp;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;

/**
 * Brings the weights of one model into a graph. Their memory is reserved once: the variables take
 * over the tensors that are fed.
 *
 * <p>Weights are resource variables: a constant would be copied into the graph, through the
 * optimizer and into every compiled step, which takes minutes and gigabytes for large Dense
 * kernels. Convolution kernels are the exception; see {@link #constant}.
 */
public final class ModelWeights implements AutoCloseable {
  private final Ops tf;
  private final String model;
  private final WeightSource source;
  private final Consumer<ByteBuffer> seen;
  private final List<Slot> slots = new ArrayList<>();
  private final Map<WeightTensor, Operand<TFloat32>> known = new HashMap<>();

  private record Slot(Placeholder<TFloat32> value, TFloat32 tensor, AssignVariableOp assign) {}

  /**
   * The weights of one model.
   *
   * @param tf of the graph that they join
   * @param model tells the variables of several models in one graph apart
   * @param source of the numbers
   * @param seen is shown the float32 bytes of each weight in native order, in the order in which
   *     the graph takes them
   */
  public ModelWeights(Ops tf, String model, WeightSource source, Consumer<ByteBuffer> seen) {
    this.tf = tf;
    this.model = model;
    this.source = source;
    this.seen = seen;
  }

  /** The value of the weight's variable; it has none until {@link #fill}. */
  Operand<TFloat32> variable(WeightTensor weight) throws ModelFileException {
    Operand<TFloat32> value = known.get(weight);
    if (value == null) {
      value = newVariable(weight);
      known.put(weight, value);
    }
    return value;
  }

  private Operand<TFloat32> newVariable(WeightTensor weight) throws ModelFileException {
    Shape shape = shapeOf(weight.shape());
    String name = model + "/" + slots.size();
    VarHandleOp handle = tf.varHandleOp(TFloat32.class, shape, VarHandleOp.sharedName(name));
    Placeholder<TFloat32> value = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
    TFloat32 tensor = TFloat32.tensorOf(shape);
    slots.add(new Slot(value, tensor, tf.assignVariableOp(handle, value)));
    ByteBuffer bytes = NativeBuffer.of(tensor);
    bytes.asFloatBuffer().put(source.read(weight));
    seen.accept(bytes);
    return tf.readVariableOp(handle, TFloat32.class);
  }

  /**
   * A constant, for the kernels of convolutions. For a kernel that is not constant, TensorFlow's
   * oneDNN convolution takes another weight layout at batch size 1 than at larger ones and then
   * adds in another order, so that a sample's last bits would depend on the batch it came in. These
   * kernels are small.
   */
  Operand<TFloat32> constant(WeightTensor weight) throws ModelFileException {
    return constant(weight, weight.shape());
  }

  /** A constant of another shape, of as many numbers. */
  Operand<TFloat32> constant(WeightTensor weight, TensorShape shape) throws ModelFileException {
    Operand<TFloat32> value = known.get(weight);
    if (value == null) {
      value = newConstant(weight, shape);
      known.put(weight, value);
    }
    return value;
  }

  private Operand<TFloat32> newConstant(WeightTensor weight, TensorShape shape)
      throws ModelFileException {
    FloatBuffer source = this.source.read(weight);
    float[] numbers = new float[source.remaining()];
    source.get(numbers);
    try (TFloat32 tensor = TFloat32.tensorOf(shapeOf(shape), DataBuffers.of(numbers))) {
      seen.accept(NativeBuffer.of(tensor));
      return tf.constantOf(tensor);
    }
  }

  /**
   * Fills the variables, all in one run: each run of another kind makes TensorFlow optimize the
   * whole graph again.
   */
  public void fill(Session session) {
    Session.Runner run = session.runner();
    for (Slot slot : slots) {
      run.feed(slot.value(), slot.tensor()).addTarget(slot.assign());
    }
    if (!slots.isEmpty()) {
      run.run().close();
    }
  }

  /** Lets go of the tensors; filled variables keep their memory. */
  @Override
  public void close() {
    slots.forEach(slot -> slot.tensor().close());
    slots.clear();
  }

  private static Shape shapeOf(TensorShape shape) {
    return Shape.of(shape.sizes().stream().mapToLong(Integer::longValue).toArray());
  }
}
