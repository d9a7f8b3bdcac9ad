package dev.tutti.worker.training;

/**
 * Mixtures with their truths.
 *
 * <p>Levels are in dB, row-major [count][bands][frames]; labels [count][families], 1 for present.
 */
final class TrainingBatch {
  private final float[] levels;
  private final float[] labels;

  TrainingBatch(int count, int families) {
    levels = new float[count * BandProjection.SIZE];
    labels = new float[count * families];
  }

  float[] levels() {
    return levels;
  }

  float[] labels() {
    return labels;
  }
}
