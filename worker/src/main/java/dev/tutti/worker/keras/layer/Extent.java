package dev.tutti.worker.keras.layer;

/**
 * A height and a width in cells.
 *
 * @param height at least 1
 * @param width at least 1
 */
public record Extent(int height, int width) {
  /** One cell. */
  public static final Extent ONE = new Extent(1, 1);
}
