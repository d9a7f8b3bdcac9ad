/**
 * A bank as files: {@code manifest.json} with families, layers, thresholds and digests, and {@code
 * weights.bin} with the numbers. Computes no answers.
 */
package dev.tutti.worker.bankfile;
