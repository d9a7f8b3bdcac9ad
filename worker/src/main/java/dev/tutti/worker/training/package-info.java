/** Trains the family models: notes, mixtures drawn on the fly, the network and its optimizer. */
package dev.tutti.worker.training;
