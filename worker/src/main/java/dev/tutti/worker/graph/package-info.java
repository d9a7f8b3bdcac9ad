/**
 * Turns layers as data into a TensorFlow graph whose weights are resource variables. Knows neither
 * files nor instrument families.
 */
package dev.tutti.worker.graph;
