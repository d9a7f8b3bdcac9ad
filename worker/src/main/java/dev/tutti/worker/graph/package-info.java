/** Turns layers as data into a TensorFlow graph whose weights are resource variables. */
package dev.tutti.worker.graph;
