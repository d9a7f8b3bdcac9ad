package dev.tutti.worker.keras.read;

/**
 * Where a layer stands among the others, in each of the ways in which files speak of it.
 *
 * @param name its own
 * @param path the names of the models around it and its own, between slashes; empty for the
 *     outermost model
 * @param top the name of the outermost model's layer that is or holds this one
 * @param stored where a {@code .keras} file has its weights, with a slash at the end
 * @param order sorts layers as they are listed, model by model
 */
record LayerAddress(String name, String path, String top, String stored, String order) {
  /** The outermost model. */
  static final LayerAddress ROOT = new LayerAddress("", "", "", "", "");

  /** The address of a layer of the model at this address. */
  LayerAddress child(String childName, String storedName, int index) {
    return new LayerAddress(
        childName,
        isRoot() ? childName : path + "/" + childName,
        isRoot() ? childName : top,
        stored + "layers/" + storedName + "/",
        order + "%06d/".formatted(index));
  }

  boolean isRoot() {
    return order.isEmpty();
  }

  /** Whether a model that stands for a layer holds this layer. */
  boolean isNested() {
    return !path.equals(top);
  }
}
