/**
 * How good scores and decisions are: figures, defined as scikit-learn 1.2 defines them where it
 * does. Chooses no threshold and calls no model.
 */
package dev.tutti.core.metrics;
