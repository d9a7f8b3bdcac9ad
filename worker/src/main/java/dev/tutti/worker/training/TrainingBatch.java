package dev.tutti.worker.training;

/**
 * Mixtures with their truths.
 *
 * <p>Levels are in dB, row-major [count][rows][frames]; labels [count][families], 1 for present.
 */
final class TrainingBatch {
  private final float[] levels;
  private final float[] labels;

  /**
   * An empty batch.
   *
   * @param rows of a sample: bands or bins
   */
  TrainingBatch(int count, int rows, int families) {
    levels = new float[count * rows * BandProjection.FRAMES];
    labels = new float[count * families];
  }

  float[] levels() {
    return levels;
  }

  float[] labels() {
    return labels;
  }
}
