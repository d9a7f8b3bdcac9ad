package dev.tutti.worker.keras.layer;

import java.util.List;
import java.util.Optional;

/** A layer that shifts and scales values, each by its place; shapes stay. */
public sealed interface ScaleLayer extends KerasLayer {
  @Override
  default TensorShape outputShape(List<TensorShape> inputs) {
    return inputs.get(0);
  }

  /**
   * x · scale + offset.
   *
   * @param scale one number, or one for each channel
   * @param offset the same
   */
  record Rescaling(String name, List<Double> scale, List<Double> offset) implements ScaleLayer {
    /** Keeps its own copies of the numbers. */
    public Rescaling {
      scale = List.copyOf(scale);
      offset = List.copyOf(offset);
    }
  }

  /**
   * (x - mean) / max(sqrt(variance), 1e-7), or x · sqrt(variance) + mean.
   *
   * @param invert which of the two
   * @param axes that have statistics of their own, ascending, counted from 0 behind the batch
   * @param mean in the lengths of these axes
   * @param variance in the same shape
   */
  record Normalization(
      String name, boolean invert, List<Integer> axes, WeightTensor mean, WeightTensor variance)
      implements ScaleLayer {
    /** Keeps its own copy of the axes. */
    public Normalization {
      axes = List.copyOf(axes);
    }

    @Override
    public List<WeightTensor> weights() {
      return List.of(mean, variance);
    }
  }

  /**
   * (x - mean) / sqrt(variance + epsilon) · gamma + beta, with mean and variance of the sample
   * itself along the last axis; without gamma 1, without beta 0.
   *
   * @param gamma [channels], as beta
   */
  record LayerNormalization(
      String name, float epsilon, Optional<WeightTensor> gamma, Optional<WeightTensor> beta)
      implements ScaleLayer {
    @Override
    public List<WeightTensor> weights() {
      return KerasLayer.present(List.of(gamma, beta));
    }
  }
}
