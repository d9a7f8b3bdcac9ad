package dev.tutti.core.metrics;

/** How the figures of several labels become one, named as in scikit-learn. */
public enum Averaging {
  /** All cells are one big yes-or-no question. */
  MICRO,
  /** The mean over the labels, each weighing the same. */
  MACRO,
  /** The mean over the labels, each weighing as much as it has present cases. */
  WEIGHTED,
  /** The mean over the samples, each a small question of its own. */
  SAMPLES
}
