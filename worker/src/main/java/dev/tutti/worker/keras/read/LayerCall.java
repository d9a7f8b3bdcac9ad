package dev.tutti.worker.keras.read;

import java.util.List;

/**
 * One use of a layer in a model's configuration.
 *
 * @param name of the node
 * @param config of the layer
 * @param inputs names of the nodes that it reads; none where samples enter, in the shape that the
 *     layer declares
 */
record LayerCall(String name, LayerConfig config, List<String> inputs) {}
