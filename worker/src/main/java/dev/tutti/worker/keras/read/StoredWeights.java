package dev.tutti.worker.keras.read;

import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.hdf5.Hdf5Dataset;
import dev.tutti.worker.keras.layer.WeightSource;
import dev.tutti.worker.keras.layer.WeightTensor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the weights that layers demand in a file, checks them, and reads them when asked to. */
final class StoredWeights implements WeightSource {
  private final WeightLayout layout;
  private final StorageBudget budget;
  private final Map<WeightTensor, Hdf5Dataset> datasets = new HashMap<>();
  private final Set<String> layers = new HashSet<>();
  private final Map<String, List<LayerWeights.Demand>> innerModels = new LinkedHashMap<>();

  StoredWeights(WeightLayout layout, StorageBudget budget) {
    this.layout = layout;
    this.budget = budget;
  }

  /** Finds the weights of one call of a layer; those of inner models may wait. */
  void bind(LayerConfig layer, LayerWeights weights) throws ModelFileException {
    if (!layers.add(layer.path())) {
      checkSame(weights);
    } else if (layer.address().isNested() && layout.joinsInnerModels()) {
      innerModels
          .computeIfAbsent(layer.address().top(), top -> new ArrayList<>())
          .addAll(weights.demands());
      weights.demands().forEach(demand -> datasets.put(demand.tensor(), null));
    } else if (weights.demands().isEmpty()) {
      layout.requireNone(layer);
    } else {
      find(weights.demands());
    }
  }

  /** Finds what waited. */
  void finish() throws ModelFileException {
    for (List<LayerWeights.Demand> demands : innerModels.values()) {
      find(demands);
    }
  }

  @Override
  public FloatBuffer read(WeightTensor weight) throws ModelFileException {
    return dataset(weight).finiteFloats();
  }

  /** Where a weight of this model is stored. */
  Hdf5Dataset dataset(WeightTensor weight) {
    Hdf5Dataset dataset = datasets.get(weight);
    if (dataset == null) {
      throw new IllegalArgumentException("no weight of this model: " + weight);
    }
    return dataset;
  }

  private void find(List<LayerWeights.Demand> demands) throws ModelFileException {
    if (demands.isEmpty()) {
      return;
    }
    for (Map.Entry<WeightTensor, Hdf5Dataset> entry : layout.locate(demands).entrySet()) {
      Hdf5Dataset dataset = entry.getValue();
      dataset.check(entry.getKey().shape());
      budget.spend(dataset.storedBytes(), dataset.place());
      datasets.put(entry.getKey(), dataset);
    }
  }

  private void checkSame(LayerWeights weights) throws ModelFileException {
    for (LayerWeights.Demand demand : weights.demands()) {
      if (demand.used() && !datasets.containsKey(demand.tensor())) {
        throw demand
            .layer()
            .place()
            .broken("is called with inputs that need different weights: " + demand.tensor());
      }
    }
  }
}
