/**
 * What every part of reading a Keras model file speaks of: where in the file it is, and the
 * exceptions for a file that is broken and for one that is not supported. Everything else lives in
 * the packages below.
 */
package dev.tutti.worker.keras;
