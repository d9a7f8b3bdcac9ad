/**
 * Labelled notes, whatever they are stored in: found, picked, and read when they are wanted. Mixes
 * nothing.
 */
package dev.tutti.core.dataset;
