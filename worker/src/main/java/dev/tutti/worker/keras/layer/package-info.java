/**
 * A Keras model as data: layers, shapes, weights, and where their numbers come from. Knows no file
 * format and no TensorFlow.
 */
package dev.tutti.worker.keras.layer;
