package dev.tutti.worker.graph;

import dev.tutti.core.content.ContentDigest;
import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.layer.KerasLayer;
import dev.tutti.worker.keras.layer.WeightTensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells which nodes of several models compute the same: the same kind of layer with the same
 * settings and numbers, reading the same. Names do not matter. Numbers are looked at only where all
 * else is equal, so that large kernels are not hashed for nothing.
 */
final class SharedNodes {
  private final Map<Form, List<Computation>> known = new HashMap<>();

  /** What is computed, but for the numbers. */
  private record Form(String layer, List<Computation> inputs) {}

  /** One computation; two nodes with the same one give the same values. */
  static final class Computation {
    private final KerasLayer layer;
    private final WeightReader weights;

    private Computation(KerasLayer layer, WeightReader weights) {
      this.layer = layer;
      this.weights = weights;
    }

    private List<ContentDigest> digests() throws ModelFileException {
      List<ContentDigest> digests = new ArrayList<>();
      for (WeightTensor weight : layer.weights()) {
        digests.add(weights.digest(weight));
      }
      return digests;
    }
  }

  /** The computation of a layer that reads others; the same object for the same computation. */
  Computation of(KerasLayer layer, WeightReader weights, List<Computation> inputs)
      throws ModelFileException {
    Computation computation = new Computation(layer, weights);
    List<Computation> alike =
        known.computeIfAbsent(new Form(withoutNames(layer), inputs), form -> new ArrayList<>());
    for (Computation other : alike) {
      if (other.digests().equals(computation.digests())) {
        return other;
      }
    }
    alike.add(computation);
    return computation;
  }

  /** The settings of a layer in the words of its record. */
  private static String withoutNames(KerasLayer layer) {
    String start = layer.getClass().getSimpleName() + "[name=" + layer.name();
    String settings = layer.toString().substring(start.length());
    for (WeightTensor weight : layer.weights()) {
      settings = settings.replace(weight.toString(), weight.role() + weight.shape());
    }
    return layer.getClass().getSimpleName() + settings;
  }
}
