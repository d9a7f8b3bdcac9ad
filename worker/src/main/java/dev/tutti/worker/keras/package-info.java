/**
 * Reads Keras model files, {@code .h5} and {@code .keras}, into layers as data. A file is untrusted
 * input: no code in it is run, nothing outside it is opened, and no memory is reserved on the word
 * of a header.
 */
package dev.tutti.worker.keras;
