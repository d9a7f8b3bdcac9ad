/**
 * What this process computes on: processors, GPUs and memory, as they are and as it may use them.
 * Knows no models.
 */
package dev.tutti.worker.device;
