package dev.tutti.worker.keras.read;

import dev.tutti.worker.keras.Place;

/**
 * Where a model's configuration comes from.
 *
 * @param file for messages about a layer
 * @param place of the configuration in the file, for messages about the model
 * @param keras the major version that wrote it: 2 or 3
 */
record Origin(Place file, Place place, int keras) {}
