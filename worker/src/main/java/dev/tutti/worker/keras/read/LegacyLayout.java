package dev.tutti.worker.keras.read;

import dev.tutti.worker.keras.BrokenModelException;
import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.Place;
import dev.tutti.worker.keras.hdf5.Hdf5Dataset;
import dev.tutti.worker.keras.hdf5.Hdf5Group;
import dev.tutti.worker.keras.layer.WeightTensor;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The HDF5 layout of Keras 2, which Keras 3 writes to {@code .h5} too: a group for each layer of
 * the outermost model, whose attribute {@code weight_names} lists its weights. Names differ between
 * versions; Keras goes by the order, and so does this. The weights of an inner model are one list:
 * first all that training changes, then the others.
 */
final class LegacyLayout implements WeightLayout {
  private static final Comparator<LayerWeights.Demand> ORDER =
      Comparator.<LayerWeights.Demand, Boolean>comparing(demand -> !demand.trainable())
          .thenComparing(demand -> demand.layer().address().order());

  private final Hdf5Group weights;

  /**
   * The layout below one group.
   *
   * @param weights the group of all layers; a layer without a group in it has no weights
   */
  LegacyLayout(Hdf5Group weights) {
    this.weights = weights;
  }

  @Override
  public boolean joinsInnerModels() {
    return true;
  }

  @Override
  public void requireNone(LayerConfig layer) throws ModelFileException {
    Optional<Hdf5Group> group = weights.at(layer.place()).optionalGroup(layer.name());
    List<String> names =
        group.isEmpty() ? List.of() : group.get().optionalTexts("weight_names").orElse(List.of());
    if (!names.isEmpty()) {
      throw unused(layer.place(), names);
    }
  }

  private static BrokenModelException unused(Place layer, List<String> names) {
    return layer
        .attribute("weight_names")
        .broken("has weights that the layer does not use: " + names);
  }

  @Override
  public Map<WeightTensor, Hdf5Dataset> locate(List<LayerWeights.Demand> demands)
      throws ModelFileException {
    LayerConfig first = demands.get(0).layer();
    boolean nested = first.address().isNested();
    Place place = nested ? first.topPlace() : first.place();
    Optional<Hdf5Group> group = weights.at(place).optionalGroup(first.address().top());
    List<String> names = group.isPresent() ? group.get().texts("weight_names") : List.of();
    List<LayerWeights.Demand> ordered = nested ? demands.stream().sorted(ORDER).toList() : demands;
    Map<WeightTensor, Hdf5Dataset> found = new LinkedHashMap<>();
    int next = 0;
    for (LayerWeights.Demand demand : ordered) {
      String role = demand.tensor().role();
      if (next == names.size() && demand.used()) {
        throw place.attribute("weight_names").broken("has no " + role + ": " + names);
      } else if (next < names.size()) {
        String name = names.get(next++);
        Place at = demand.layer().place().weight(name);
        if (nested && !name.contains(role)) {
          throw at.broken("stands where " + role + " is expected: " + names);
        }
        if (demand.used()) {
          found.put(demand.tensor(), group.get().dataset(name, at));
        }
      }
    }
    if (next < names.size()) {
      throw unused(place, names.subList(next, names.size()));
    }
    return found;
  }
}
