/**
 * Reads Keras model files, {@code .h5} and {@code .keras}, into layers as data. A file is untrusted
 * input: no code in it is run.
 */
package dev.tutti.worker.keras.read;
