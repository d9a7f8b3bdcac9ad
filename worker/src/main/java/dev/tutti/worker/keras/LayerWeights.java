package dev.tutti.worker.keras;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Hands out the weights of one layer in the order in which Keras stored them, each checked against
 * what the configuration demands.
 */
final class LayerWeights {
  private final Optional<Hdf5Group> group;
  private final String layer;
  private final Place place;
  private final StorageBudget budget;
  private final List<String> names;
  private final List<WeightTensor> taken = new ArrayList<>();

  /**
   * The weights of a layer.
   *
   * @param weights the group of all layers; a layer without a group in it has no weights
   */
  LayerWeights(Hdf5Group weights, LayerConfig config, StorageBudget budget)
      throws ModelFileException {
    this.layer = config.name();
    this.place = config.place();
    this.group = weights.at(place).optionalGroup(layer);
    this.budget = budget;
    this.names = group.isPresent() ? group.get().texts("weight_names") : List.of();
  }

  /**
   * The next weight.
   *
   * @param role what it is, for messages
   * @param shape that it must have
   */
  WeightTensor next(String role, TensorShape shape) throws ModelFileException {
    if (group.isEmpty() || taken.size() == names.size()) {
      throw place.attribute("weight_names").broken("has no " + role + ": " + names);
    }
    String name = names.get(taken.size());
    Place at = place.weight(name);
    Hdf5Dataset dataset = group.get().dataset(name, at);
    if (!dataset.shape().equals(shape)) {
      throw at.broken(
          "shape mismatch: the file has %s, the configuration needs %s"
              .formatted(dataset.shape(), shape));
    }
    dataset.checkReadable();
    budget.spend(dataset.storedBytes(), at);
    WeightTensor weight = new WeightTensor(layer, name, shape);
    taken.add(weight);
    return weight;
  }

  /** Every weight handed out; refuses a layer that stores more. */
  List<WeightTensor> finish() throws ModelFileException {
    if (taken.size() < names.size()) {
      throw place
          .attribute("weight_names")
          .broken(
              "has weights that the layer does not use: "
                  + names.subList(taken.size(), names.size()));
    }
    return taken;
  }
}
