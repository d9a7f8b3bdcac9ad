/**
 * TensorFlow SavedModels that nobody vouches for: what answers is cut out and checked, and only
 * that is given to TensorFlow. The only place that runs graphs that were not built here.
 */
package dev.tutti.worker.savedmodel;
