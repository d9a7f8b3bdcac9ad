/** Measures banks on models of random numbers. */
package dev.tutti.worker.bench;
