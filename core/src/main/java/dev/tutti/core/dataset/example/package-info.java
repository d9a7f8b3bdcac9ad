/**
 * {@code tf.train.Example} read from the wire. Knows no data set: what features mean is decided by
 * the caller.
 */
package dev.tutti.core.dataset.example;
