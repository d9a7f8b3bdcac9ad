package dev.tutti.worker.training.network;

import dev.tutti.worker.graph.NativeBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.AssignVariableOp;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;

/**
 * The variables of a training graph by name, in the order in which they were made: what a
 * checkpoint holds.
 */
final class Variables {
  private final Ops tf;
  private final Map<String, Variable> byName = new LinkedHashMap<>();

  /** A variable of the graph. */
  record Variable(
      String name,
      Shape shape,
      VarHandleOp handle,
      Operand<TFloat32> value,
      Placeholder<TFloat32> fed,
      AssignVariableOp assign) {
    int size() {
      return Math.toIntExact(shape.size());
    }
  }

  Variables(Ops tf) {
    this.tf = tf;
  }

  /** The variable of a name, made at the first call. */
  Variable get(String name, long... sizes) {
    return byName.computeIfAbsent(name, key -> make(key, Shape.of(sizes)));
  }

  private Variable make(String name, Shape shape) {
    VarHandleOp handle = tf.varHandleOp(TFloat32.class, shape, VarHandleOp.sharedName(name));
    Placeholder<TFloat32> fed = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
    return new Variable(
        name,
        shape,
        handle,
        tf.readVariableOp(handle, TFloat32.class),
        fed,
        tf.assignVariableOp(handle, fed));
  }

  List<Variable> all() {
    return List.copyOf(byName.values());
  }

  /** Sets variables; the arrays are row-major. */
  void assign(Session session, Map<String, float[]> values) {
    Session.Runner run = session.runner();
    List<TFloat32> tensors = new ArrayList<>();
    try {
      for (Map.Entry<String, float[]> entry : values.entrySet()) {
        Variable variable = byName.get(entry.getKey());
        if (variable == null || variable.size() != entry.getValue().length) {
          throw new IllegalArgumentException(
              "no variable %s of %d numbers".formatted(entry.getKey(), entry.getValue().length));
        }
        TFloat32 tensor = TFloat32.tensorOf(variable.shape());
        tensors.add(tensor);
        NativeBuffer.of(tensor).asFloatBuffer().put(entry.getValue());
        run.feed(variable.fed(), tensor).addTarget(variable.assign());
      }
      run.run().close();
    } finally {
      tensors.forEach(TFloat32::close);
    }
  }

  /** The numbers of all variables, row-major. */
  Map<String, float[]> read(Session session) {
    Session.Runner run = session.runner();
    byName.values().forEach(variable -> run.fetch(variable.value()));
    Map<String, float[]> values = new LinkedHashMap<>();
    try (Result result = run.run()) {
      int index = 0;
      for (Variable variable : byName.values()) {
        float[] numbers = new float[variable.size()];
        NativeBuffer.of(result.get(index++)).asFloatBuffer().get(numbers);
        values.put(variable.name(), numbers);
      }
    }
    return values;
  }
}
