package dev.tutti.worker.keras.layer;

import java.util.List;

/** A layer that makes one of several inputs. */
public sealed interface MergeLayer extends KerasLayer {
  /** How two values become one. */
  enum Operation {
    /** a + b. */
    ADD,
    /** a - b; of two inputs only. */
    SUBTRACT,
    /** a · b. */
    MULTIPLY,
    /** The mean of all. */
    AVERAGE,
    /** The largest. */
    MAXIMUM,
    /** The smallest. */
    MINIMUM
  }

  /** Value by value; an axis of length 1 stands for every index of a longer one. */
  record Elementwise(String name, Operation operation) implements MergeLayer {
    @Override
    public TensorShape outputShape(List<TensorShape> inputs) {
      return inputs.stream().reduce(TensorShape::spread).orElseThrow();
    }
  }

  /**
   * One behind the other.
   *
   * @param axis counted from 0 behind the batch
   */
  record Concatenate(String name, int axis) implements MergeLayer {
    @Override
    public TensorShape outputShape(List<TensorShape> inputs) {
      return inputs.stream().reduce((a, b) -> a.joined(b, axis)).orElseThrow();
    }
  }
}
