package dev.tutti.worker.graph;

import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.layer.Activation;
import dev.tutti.worker.keras.layer.KerasLayer;
import dev.tutti.worker.keras.layer.KerasLayer.BatchNormalization;
import dev.tutti.worker.keras.layer.KerasNode;
import dev.tutti.worker.keras.layer.ScaleLayer.Rescaling;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes batch normalizations out of a model by changing the weights around them.
 *
 * <p>A normalization is y = scale · x + shift for each channel. Directly behind a convolution or
 * Dense layer both go into kernel and bias. Behind a ReLU or a pooling only the magnitude of the
 * scale can pass through to the kernel, since relu(|s| · x) = |s| · relu(x); a negative sign stays
 * where it was, before the next maximum. The shift passes behind the next pooling, where there are
 * fewer values, and from there through Flatten into a Dense bias. It never goes into the bias of a
 * next convolution: at zero-padded borders fewer kernel cells see it. What fits none of this stays
 * a normalization.
 */
public final class BatchNormFolding {
  private final NodeEditor nodes;
  private final DerivedWeights weights;

  private BatchNormFolding(WeightedModel model) {
    nodes = new NodeEditor(model.model());
    weights = new DerivedWeights(model);
  }

  /** Folds each of several models; see {@link #fold}. */
  public static <K> Map<K, WeightedModel> foldAll(Map<K, WeightedModel> models)
      throws ModelFileException {
    Map<K, WeightedModel> folded = new LinkedHashMap<>();
    for (Map.Entry<K, WeightedModel> model : models.entrySet()) {
      folded.put(model.getKey(), fold(model.getValue()));
    }
    return folded;
  }

  /**
   * The same function with as few normalizations as possible, up to rounding.
   *
   * @throws ModelFileException if a weight cannot be read
   */
  public static WeightedModel fold(WeightedModel model) throws ModelFileException {
    BatchNormFolding folding = new BatchNormFolding(model);
    for (KerasNode node : model.model().nodes()) {
      if (node.layer() instanceof BatchNormalization) {
        folding.foldAway(node.name());
      }
    }
    return new WeightedModel(folding.nodes.model(), folding.weights);
  }

  private void foldAway(String name) throws ModelFileException {
    KerasNode node = nodes.named(name);
    Optional<KerasNode> source = linearSource(node);
    if (source.isEmpty()) {
      return;
    }
    ChannelAffine affine = ChannelAffine.of((BatchNormalization) node.layer(), weights);
    LinearLayer linear = LinearLayer.of(source.get().layer()).orElseThrow();
    boolean direct =
        node.inputs().contains(source.get().name()) && linear.activation() == Activation.LINEAR;
    LinearLayer changed =
        linear.scaled(
            direct ? affine.scale() : affine.magnitudes(),
            direct ? affine.shift() : new double[affine.shift().length],
            weights);
    nodes.replaceLayer(source.get().name(), changed.layer());
    if (direct) {
      nodes.remove(name);
    } else {
      placeSignAndShift(node, affine);
    }
  }

  /** The layer with a kernel that a scale at this node can pass to, if there is one. */
  private Optional<KerasNode> linearSource(KerasNode node) {
    if (nodes.sharesLayer(node)) {
      return Optional.empty();
    }
    Optional<KerasNode> at = nodes.before(node);
    while (at.isPresent() && nodes.onlyReader(at.get()).isPresent()) {
      Optional<LinearLayer> linear = LinearLayer.of(at.get().layer());
      if (linear.isPresent()) {
        boolean passes =
            linear.get().activation() == Activation.LINEAR
                || linear.get().activation() == Activation.RELU;
        return passes && !nodes.sharesLayer(at.get()) ? at : Optional.empty();
      }
      if (!passesPositiveScale(at.get().layer())) {
        return Optional.empty();
      }
      at = nodes.before(at.get());
    }
    return Optional.empty();
  }

  private void placeSignAndShift(KerasNode node, ChannelAffine affine) throws ModelFileException {
    String end = node.name();
    Optional<KerasNode> next = nodes.onlyReader(node);
    while (next.isPresent() && passesShift(next.get().layer())) {
      end = next.get().name();
      next = nodes.onlyReader(next.get());
    }
    boolean intoDense = shiftIntoDense(next, affine.shift());
    List<Double> shift = intoDense ? List.of(0.0) : Arrays.stream(affine.shift()).boxed().toList();
    boolean here = end.equals(node.name());
    if (!here && !intoDense) {
      nodes.insertAfter(end, new Rescaling(node.name() + "/shift", List.of(1.0), shift));
    }
    List<Double> shiftHere = here ? shift : List.of(0.0);
    boolean shifts = shiftHere.stream().anyMatch(number -> number != 0);
    if (affine.turnsSigns() || shifts) {
      List<Double> signs = affine.turnsSigns() ? affine.signs() : List.of(1.0);
      nodes.replaceLayer(node.name(), new Rescaling(node.layer().name(), signs, shiftHere));
    } else {
      nodes.remove(node.name());
    }
  }

  /** Adds what a Dense layer behind Flatten makes of the shift to its bias. */
  private boolean shiftIntoDense(Optional<KerasNode> reader, double[] shift)
      throws ModelFileException {
    Optional<KerasNode> next = reader;
    while (next.isPresent()
        && (next.get().layer() instanceof KerasLayer.Flatten
            || next.get().layer() instanceof KerasLayer.Dropout)) {
      next = nodes.onlyReader(next.get());
    }
    if (next.isEmpty()
        || !(next.get().layer() instanceof KerasLayer.Dense dense)
        || nodes.sharesLayer(next.get())) {
      return false;
    }
    LinearLayer linear = LinearLayer.of(dense).orElseThrow();
    nodes.replaceLayer(next.get().name(), linear.shifted(shift, weights).layer());
    return true;
  }

  private static boolean passesPositiveScale(KerasLayer layer) {
    if (layer instanceof KerasLayer.ActivationLayer alone) {
      return alone.activation() == Activation.RELU || alone.activation() == Activation.LINEAR;
    } else if (layer instanceof KerasLayer.ReLU relu) {
      return relu.maximum().isEmpty() && relu.threshold() == 0 && relu.negativeSlope() >= 0;
    }
    return passesShift(layer);
  }

  private static boolean passesShift(KerasLayer layer) {
    return layer instanceof KerasLayer.MaxPooling2D
        || layer instanceof KerasLayer.AveragePooling2D
        || layer instanceof KerasLayer.GlobalMaxPooling2D
        || layer instanceof KerasLayer.GlobalAveragePooling2D
        || layer instanceof KerasLayer.Dropout;
  }
}
