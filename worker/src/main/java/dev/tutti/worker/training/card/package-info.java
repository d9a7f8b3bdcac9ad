/**
 * Writes trained models as a bank with a model card: what it was trained on, how it was tested,
 * what it cannot do. Trains nothing.
 */
package dev.tutti.worker.training.card;
