/**
 * HDF5 files of strangers: the only place with jHDF. A file is untrusted input: nothing outside it
 * is opened, and no memory is reserved on the word of a header. Knows nothing of Keras but its
 * places and exceptions.
 */
package dev.tutti.worker.keras.hdf5;
