/**
 * Trains the family models. From the ground up: {@code data} reads notes, {@code augment} draws
 * mixtures of them, {@code network} builds and trains layers, {@code validation} judges them,
 * {@code run} leads a training from notes to models, {@code card} writes these as a bank. No class
 * lives here.
 */
package dev.tutti.worker.training;
