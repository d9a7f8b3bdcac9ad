package dev.tutti.worker.keras;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The layout inside a {@code .keras} archive: a group {@code vars} for each layer, found by the
 * classes of the layers and of the models around it, whose data sets are numbered.
 */
final class PathLayout implements WeightLayout {
  private static final String OLD_ROOT = "_layer_checkpoint_dependencies";

  private final Hdf5Group root;

  PathLayout(Hdf5Group root) {
    this.root = root;
  }

  @Override
  public boolean joinsInnerModels() {
    return false;
  }

  @Override
  public Map<WeightTensor, Hdf5Dataset> locate(List<LayerWeights.Demand> demands)
      throws ModelFileException {
    LayerConfig layer = demands.get(0).layer();
    String path = layer.address().stored() + "vars";
    Optional<Hdf5Group> vars = find(path, layer.place());
    if (vars.isEmpty()) {
      vars = find(path.replace("layers/", OLD_ROOT + "/"), layer.place());
    }
    if (vars.isEmpty()) {
      throw layer.place().weight(path).broken("is missing");
    }
    Map<WeightTensor, Hdf5Dataset> found = new LinkedHashMap<>();
    for (int i = 0; i < demands.size(); i++) {
      if (demands.get(i).used()) {
        Place at =
            layer.place().weight(path + "/" + i + " (" + demands.get(i).tensor().role() + ")");
        found.put(demands.get(i).tensor(), vars.get().dataset(String.valueOf(i), at));
      }
    }
    if (vars.get().at(layer.place()).has(String.valueOf(demands.size()))) {
      throw layer
          .place()
          .weight(path + "/" + demands.size())
          .broken("is a weight that the layer does not use");
    }
    return found;
  }

  private Optional<Hdf5Group> find(String path, Place place) throws ModelFileException {
    Optional<Hdf5Group> group = Optional.of(root.at(place));
    for (String part : path.split("/", -1)) {
      group = group.isEmpty() ? group : group.get().optionalGroup(part);
    }
    return group;
  }
}
