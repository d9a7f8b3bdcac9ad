/**
 * Samples that wait become batches: policy, queue and loop. Knows neither processes nor gRPC; where
 * a batch goes is behind {@link dev.tutti.server.batching.BatchSink}.
 */
package dev.tutti.server.batching;
