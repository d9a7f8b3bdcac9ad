package dev.tutti.worker.keras.layer;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A directed graph of layers with one input and one output. It holds no numbers: a {@link
 * WeightSource} has them.
 *
 * @param nodes each behind those that it reads; the first is the {@link KerasLayer.InputLayer}, the
 *     last gives the model's answer
 */
public record KerasModel(List<KerasNode> nodes) {
  /**
   * Checks the wiring.
   *
   * @throws IllegalArgumentException where a name stands twice or a node reads one that is not
   *     before it, or where there is not exactly one input layer, in front
   */
  public KerasModel {
    nodes = List.copyOf(nodes);
    Set<String> before = new HashSet<>();
    for (KerasNode node : nodes) {
      boolean entry = node.layer() instanceof KerasLayer.InputLayer;
      if (entry != before.isEmpty() || entry != node.inputs().isEmpty()) {
        throw new IllegalArgumentException("node '" + node.name() + "' is not an inner node");
      }
      if (!before.containsAll(node.inputs()) || !before.add(node.name())) {
        throw new IllegalArgumentException(
            "node '%s' reads %s, before it come %s".formatted(node.name(), node.inputs(), before));
      }
    }
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException("a model without nodes");
    }
  }

  /** The shape of one sample. */
  public TensorShape input() {
    return nodes.get(0).output();
  }

  /** The shape of one answer. */
  public TensorShape output() {
    return nodes.get(nodes.size() - 1).output();
  }

  /** Every layer once, in the order of the nodes. */
  public List<KerasLayer> layers() {
    return nodes.stream().map(KerasNode::layer).distinct().toList();
  }

  /** Every weight once, in the order of the nodes. */
  public List<WeightTensor> weights() {
    return layers().stream().flatMap(layer -> layer.weights().stream()).distinct().toList();
  }

  /** How many numbers the model holds, batch-norm statistics included. */
  public long parameters() {
    return weights().stream().mapToLong(weight -> weight.shape().elements()).sum();
  }
}
