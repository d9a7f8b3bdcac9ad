/**
 * The model bank: the models of all families as one graph, one batch in, one row of probabilities a
 * sample out.
 */
package dev.tutti.worker.bank;
