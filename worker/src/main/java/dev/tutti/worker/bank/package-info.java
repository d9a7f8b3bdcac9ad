/**
 * The model bank: the models of all families as one graph, one batch in, one row of probabilities a
 * sample out; how it is loaded, checked and written. What a batch may be is in {@code input}; no
 * message and no socket comes here.
 */
package dev.tutti.worker.bank;
