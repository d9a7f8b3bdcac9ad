package dev.tutti.worker.graph;

import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TFloating;

/**
 * How many rows the values of a graph have. What is computed of many numbers at once may be rounded
 * otherwise at the end of a row of registers than in the middle. So vectors always have one fixed
 * number of rows, zeros behind those of the batch; then a sample gets the same bits in every batch.
 * Images and sequences have as many as the batch. A matrix product adds in one order for two rows
 * or more and in another for one, so it takes no more rows than the batch has, but two at least.
 */
final class GraphRows {
  private static final int LEAST_FACTORS = 2;

  private final Ops tf;
  private final int rows;
  private final Operand<TFloat32> batch;

  /**
   * The rows of one model.
   *
   * @param rows of every vector; the largest batch size that will be fed
   * @param batch what the model gets
   */
  GraphRows(Ops tf, int rows, Operand<TFloat32> batch) {
    this.tf = tf;
    this.rows = rows;
    this.batch = batch;
  }

  /** The right number of rows for a value that was computed of another kind of value. */
  <T extends TFloating> Operand<T> settle(Operand<T> value, boolean vectorBefore) {
    boolean vector = value.shape().numDimensions() == 2;
    if (vector == vectorBefore) {
      return value;
    }
    return vector ? filledUp(value) : cut(value);
  }

  /** Zero rows behind those of the batch. */
  <T extends TFloating> Operand<T> filledUp(Operand<T> value) {
    int[] wanted = sizes(value);
    wanted[0] = rows;
    Operand<TInt32> missing = tf.math.sub(tf.constant(wanted), tf.shape(value));
    Operand<TInt32> none = tf.constant(new int[wanted.length]);
    Operand<T> zero = tf.dtypes.cast(tf.constant(0f), value.type());
    Operand<T> padded = tf.pad(value, tf.stack(List.of(none, missing), Stack.axis(1L)), zero);
    return tf.ensureShape(padded, Shape.of(Arrays.stream(wanted).asLongStream().toArray()));
  }

  /** The rows of the batch alone. */
  <T extends TFloating> Operand<T> cut(Operand<T> value) {
    return first(samples(), value);
  }

  /** The rows of vectors that a matrix product needs; they lie where they were. */
  <T extends TFloating> Operand<T> factors(Operand<T> vectors) {
    return rows <= LEAST_FACTORS
        ? vectors
        : first(tf.math.maximum(samples(), tf.constant(new int[] {LEAST_FACTORS})), vectors);
  }

  private Operand<TInt32> samples() {
    return tf.slice(tf.shape(batch), tf.constant(new int[1]), tf.constant(new int[] {1}));
  }

  private <T extends TFloating> Operand<T> first(Operand<TInt32> count, Operand<T> value) {
    int[] sizes = sizes(value);
    int[] rest = new int[sizes.length - 1];
    System.arraycopy(sizes, 1, rest, 0, rest.length);
    return tf.slice(
        value,
        tf.constant(new int[sizes.length]),
        tf.concat(List.of(count, tf.constant(rest)), tf.constant(0)));
  }

  private static int[] sizes(Operand<? extends TFloating> value) {
    int[] sizes = new int[value.shape().numDimensions()];
    for (int axis = 1; axis < sizes.length; axis++) {
      sizes[axis] = Math.toIntExact(value.shape().get(axis));
    }
    return sizes;
  }
}
