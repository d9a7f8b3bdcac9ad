/**
 * Measures banks on models of random numbers: time, start and memory. Nothing that serves or trains
 * uses it.
 */
package dev.tutti.worker.bench;
