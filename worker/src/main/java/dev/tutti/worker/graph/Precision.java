package dev.tutti.worker.graph;

/** In which numbers a graph computes. */
public enum Precision {
  /** All in float32. */
  FLOAT32("float32"),
  /**
   * Convolutions and Dense layers, their weights and what lies between them in bfloat16, sums in
   * float32; the last Dense layer and every kind of layer that loses by it in float32.
   */
  BFLOAT16("bfloat16");

  private final String label;

  Precision(String label) {
    this.label = label;
  }

  /** The name in options, logs and digests. */
  public String label() {
    return label;
  }
}
