package dev.tutti.worker.training.network;

import java.util.List;

/**
 * The layers of a family model behind its front.
 *
 * @param shared blocks that are the same in all family models
 * @param own blocks of which each family model has its own
 * @param units of the dense layer before the last
 */
public record NetworkShape(List<Block> shared, List<Block> own, int units) {
  /** A convolution, batch normalization and ReLU. */
  public record Block(int filters, int height, int width, int strideHeight, int strideWidth) {
    private String describe() {
      return "%d of %dx%d/%dx%d".formatted(filters, height, width, strideHeight, strideWidth);
    }
  }

  /** Keeps its own copies. */
  public NetworkShape {
    shared = List.copyOf(shared);
    own = List.copyOf(own);
  }

  /** The default. */
  public static NetworkShape compact() {
    return new NetworkShape(
        List.of(new Block(16, 3, 7, 1, 4), new Block(32, 5, 3, 2, 2), new Block(56, 5, 3, 2, 2)),
        List.of(new Block(56, 3, 3, 2, 1)),
        48);
  }

  /** The notebook's: three blocks with max poolings of 2x2, which stand as strides here. */
  public static NetworkShape notebook() {
    return new NetworkShape(
        List.of(),
        List.of(new Block(32, 3, 3, 2, 2), new Block(64, 3, 3, 2, 2), new Block(128, 3, 3, 2, 2)),
        128);
  }

  /** In a line, for people. */
  public String describe() {
    if (shared.isEmpty()) {
      return "the notebook's: convolutions of %s filters with max poolings, dense %d, 1"
          .formatted(own.stream().map(Block::filters).toList(), units);
    }
    StringBuilder text = new StringBuilder("190 bands in pitch, local contrast; convolutions");
    shared.forEach(block -> text.append(' ').append(block.describe()));
    text.append(" shared by all families; of each family");
    own.forEach(block -> text.append(' ').append(block.describe()));
    return text.append(", mean and maximum over time, dense ")
        .append(units)
        .append(", 1")
        .toString();
  }
}
