package dev.tutti.worker.keras.layer;

/**
 * One float32 weight of a layer, by what it is: its numbers stay where they are until a {@link
 * WeightSource} reads them. Equal layer and role within one model mean the same numbers.
 *
 * @param layer the layer that owns it, with the names of the models around it before slashes
 * @param role what it is to the layer, for example {@code kernel}
 * @param shape as the configuration demands and the file holds
 */
public record WeightTensor(String layer, String role, TensorShape shape) {}
