/**
 * Notes as the network sees them, which of them are held out, and batches of them. What changes a
 * note or mixes several belongs to {@code augment}.
 */
package dev.tutti.worker.training.data;
