/**
 * Futures, executors, epochs of calls, and closing in order. Knows nothing of models, samples or
 * gRPC.
 */
package dev.tutti.server.async;
