/**
 * What a training is judged by: figures on notes that are not trained on, and the decisions fitted
 * to them. Knows no network, only a function from levels to probabilities.
 */
package dev.tutti.worker.training.validation;
