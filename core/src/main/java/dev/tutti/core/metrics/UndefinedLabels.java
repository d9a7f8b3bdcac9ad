package dev.tutti.core.metrics;

/** What becomes of labels (or samples) whose figure is undefined when a mean is taken. */
public enum UndefinedLabels {
  /** The mean is over the others. */
  LEFT_OUT,
  /**
   * As scikit-learn 1.2 does: an average precision without anything present counts 0; one undefined
   * area under the ROC curve makes the whole mean undefined.
   */
  AS_SCIKIT_LEARN
}
