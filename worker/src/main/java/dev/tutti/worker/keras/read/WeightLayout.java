package dev.tutti.worker.keras.read;

import dev.tutti.worker.keras.BrokenModelException;
import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.hdf5.Hdf5Dataset;
import dev.tutti.worker.keras.layer.WeightTensor;
import java.util.List;
import java.util.Map;

/** Where a kind of file keeps the weights of layers. */
interface WeightLayout {
  /**
   * The data sets of a group of demands that are stored together.
   *
   * @param demands of one layer; or of all layers within a model that stands for a layer
   * @throws BrokenModelException where the file has fewer or more
   */
  Map<WeightTensor, Hdf5Dataset> locate(List<LayerWeights.Demand> demands)
      throws ModelFileException;

  /**
   * Looks for weights of a layer that demands none.
   *
   * @throws BrokenModelException where there are some
   */
  void requireNone(LayerConfig layer) throws ModelFileException;

  /** Whether weights of layers in an inner model lie together in one list. */
  boolean joinsInnerModels();
}
