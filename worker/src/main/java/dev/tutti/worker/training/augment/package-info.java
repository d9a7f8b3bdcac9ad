/**
 * Varies and mixes notes while a training runs; every draw follows from a seed and a number. Knows
 * no TensorFlow.
 */
package dev.tutti.worker.training.augment;
