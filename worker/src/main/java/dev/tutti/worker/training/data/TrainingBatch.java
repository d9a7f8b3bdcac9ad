package dev.tutti.worker.training.data;

/**
 * Mixtures with their truths.
 *
 * <p>Levels are in dB, row-major [count][rows][frames]; labels [count][families], 1 for present.
 */
public final class TrainingBatch {
  private final float[] levels;
  private final float[] labels;

  /**
   * An empty batch.
   *
   * @param rows of a sample: bands or bins
   */
  public TrainingBatch(int count, int rows, int families) {
    levels = new float[count * rows * BandProjection.FRAMES];
    labels = new float[count * families];
  }

  public float[] levels() {
    return levels;
  }

  public float[] labels() {
    return labels;
  }
}
