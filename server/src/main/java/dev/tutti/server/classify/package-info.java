/**
 * One clip or spectrogram becomes probabilities. Knows caches and batches, but no worker, no gRPC
 * and no evaluation.
 */
package dev.tutti.server.classify;
