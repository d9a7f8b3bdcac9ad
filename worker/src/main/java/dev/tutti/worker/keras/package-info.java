/**
 * Reads Keras model files in the HDF5 layout into layers as data. A file is untrusted input: no
 * code in it is run, nothing outside it is opened, and no memory is reserved on the word of a
 * header.
 */
package dev.tutti.worker.keras;
