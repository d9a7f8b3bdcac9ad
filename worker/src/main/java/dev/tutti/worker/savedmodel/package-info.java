/**
 * TensorFlow SavedModels that nobody vouches for: what answers is cut out and checked, and only
 * that is given to TensorFlow.
 */
package dev.tutti.worker.savedmodel;
