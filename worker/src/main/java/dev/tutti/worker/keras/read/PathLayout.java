package dev.tutti.worker.keras.read;

import dev.tutti.worker.keras.BrokenModelException;
import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.Place;
import dev.tutti.worker.keras.hdf5.Hdf5Dataset;
import dev.tutti.worker.keras.hdf5.Hdf5Group;
import dev.tutti.worker.keras.layer.WeightTensor;
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
  private static final String VARS = "vars";

  private final Hdf5Group root;

  PathLayout(Hdf5Group root) {
    this.root = root;
  }

  @Override
  public boolean joinsInnerModels() {
    return false;
  }

  @Override
  public void requireNone(LayerConfig layer) throws ModelFileException {
    Optional<Hdf5Group> vars = vars(layer);
    if (vars.isPresent() && vars.get().has("0")) {
      throw unused(layer, 0);
    }
  }

  private static BrokenModelException unused(LayerConfig layer, int index) {
    return layer
        .place()
        .weight(layer.address().stored() + VARS + "/" + index)
        .broken("is a weight that the layer does not use");
  }

  @Override
  public Map<WeightTensor, Hdf5Dataset> locate(List<LayerWeights.Demand> demands)
      throws ModelFileException {
    LayerConfig layer = demands.get(0).layer();
    String path = layer.address().stored() + VARS;
    Optional<Hdf5Group> vars = vars(layer);
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
      throw unused(layer, demands.size());
    }
    return found;
  }

  private Optional<Hdf5Group> vars(LayerConfig layer) throws ModelFileException {
    String path = layer.address().stored() + VARS;
    Optional<Hdf5Group> vars = find(path, layer.place());
    return vars.isPresent() ? vars : find(path.replace("layers/", OLD_ROOT + "/"), layer.place());
  }

  private Optional<Hdf5Group> find(String path, Place place) throws ModelFileException {
    Optional<Hdf5Group> group = Optional.of(root.at(place));
    for (String part : path.split("/", -1)) {
      group = group.isEmpty() ? group : group.get().optionalGroup(part);
    }
    return group;
  }
}
