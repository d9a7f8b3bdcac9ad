/**
 * What a bank takes: rows of several kinds, batches of allowed sizes, and the tensors and graphs
 * that make float32 spectrograms of them. Knows no models.
 */
package dev.tutti.worker.bank.input;
