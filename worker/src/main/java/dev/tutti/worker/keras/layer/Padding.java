package dev.tutti.worker.keras.layer;

/** What a sliding window does at the borders. */
public enum Padding {
  /** Zeros are added so that the output has ceil(input / stride) cells. */
  SAME,
  /** The window stays inside the input. */
  VALID,
  /** Zeros are added in front of a sequence so that the window ends where its answer stands. */
  CAUSAL
}
