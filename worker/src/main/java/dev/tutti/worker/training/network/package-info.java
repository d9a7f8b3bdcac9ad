/**
 * The network as a graph that trains, its optimizer, and its way back to plain Keras layers. Knows
 * neither files nor how long a training lasts.
 */
package dev.tutti.worker.training.network;
