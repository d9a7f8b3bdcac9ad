package dev.tutti.worker.graph;

import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.layer.TensorShape;
import dev.tutti.worker.keras.layer.WeightSource;
import dev.tutti.worker.keras.layer.WeightTensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

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
  private final WeightReader reader;
  private final List<VariableSlot> slots = new ArrayList<>();
  private final Map<WeightTensor, Operand<TFloat32>> exact = new HashMap<>();
  private final Map<WeightTensor, Operand<TBfloat16>> rounded = new HashMap<>();

  /**
   * The weights of one model.
   *
   * @param tf of the graph that they join
   * @param model tells the variables of several models in one graph apart
   */
  public ModelWeights(Ops tf, String model, WeightSource source) {
    this(tf, model, WeightReader.of(source));
  }

  ModelWeights(Ops tf, String model, WeightReader reader) {
    this.tf = tf;
    this.model = model;
    this.reader = reader;
  }

  WeightReader reader() {
    return reader;
  }

  /** The value of the weight's variable; it has none until {@link #fill}. */
  Operand<TFloat32> variable(WeightTensor weight) {
    return exact.computeIfAbsent(weight, w -> newVariable(w, TFloat32.class));
  }

  /** The same in bfloat16. */
  Operand<TBfloat16> rounded(WeightTensor weight) {
    return rounded.computeIfAbsent(weight, w -> newVariable(w, TBfloat16.class));
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
    Operand<TFloat32> value = exact.get(weight);
    if (value == null) {
      value = newConstant(weight, shape, TFloat32.class);
      exact.put(weight, value);
    }
    return value;
  }

  /** A constant in bfloat16. */
  Operand<TBfloat16> roundedConstant(WeightTensor weight) throws ModelFileException {
    Operand<TBfloat16> value = rounded.get(weight);
    if (value == null) {
      value = newConstant(weight, weight.shape(), TBfloat16.class);
      rounded.put(weight, value);
    }
    return value;
  }

  private <T extends TFloating> Operand<T> newVariable(WeightTensor weight, Class<T> type) {
    Shape shape = shapeOf(weight.shape());
    String name = model + "/" + slots.size();
    VarHandleOp handle = tf.varHandleOp(type, shape, VarHandleOp.sharedName(name));
    Placeholder<T> value = tf.placeholder(type, Placeholder.shape(shape));
    Tensor tensor = Tensor.of(type, shape);
    slots.add(new VariableSlot(weight, reader, value, tensor, tf.assignVariableOp(handle, value)));
    return tf.readVariableOp(handle, type);
  }

  private <T extends TFloating> Operand<T> newConstant(
      WeightTensor weight, TensorShape shape, Class<T> type) throws ModelFileException {
    try (T tensor = Tensor.of(type, shapeOf(shape))) {
      VariableSlot.read(reader, weight, tensor);
      return tf.constantOf(tensor);
    }
  }

  /** Fills the variables. */
  public void fill(Session session) throws ModelFileException {
    for (VariableSlot slot : slots) {
      slot.read();
    }
    assign(session, List.of(this));
  }

  /** The variables that wait for their numbers. */
  List<VariableSlot> slots() {
    return List.copyOf(slots);
  }

  /**
   * Gives the variables of several models what was read for them, all in one run: each run of
   * another kind makes TensorFlow optimize the whole graph again.
   */
  static void assign(Session session, List<ModelWeights> models) {
    List<VariableSlot> slots = models.stream().flatMap(model -> model.slots.stream()).toList();
    Session.Runner run = session.runner();
    slots.forEach(slot -> run.feed(slot.value(), slot.tensor()).addTarget(slot.assign()));
    if (!slots.isEmpty()) {
      run.run().close();
    }
    models.forEach(ModelWeights::close);
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
