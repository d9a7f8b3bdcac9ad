package dev.tutti.worker.keras;

/**
 * One float32 weight of a layer: where it lies in the file and its shape. Its numbers stay in the
 * file until {@link KerasModelFile#read}.
 *
 * @param layer the layer that owns it
 * @param name its path below the layer's group, for example {@code conv2d/kernel:0}
 * @param shape as the configuration demands and the file holds
 */
public record WeightTensor(String layer, String name, TensorShape shape) {}
