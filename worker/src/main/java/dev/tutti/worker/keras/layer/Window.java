package dev.tutti.worker.keras.layer;

/**
 * How a convolution or a pooling slides over an image.
 *
 * @param size of the window before dilation
 * @param strides between two positions
 * @param dilation distance between the cells that the window reads; 1 for poolings
 * @param padding at the borders
 */
public record Window(Extent size, Extent strides, Extent dilation, Padding padding) {
  /** The output height for an input height; at most 0 where the window does not fit. */
  public int outputHeight(int inputHeight) {
    return positions(inputHeight, size.height(), strides.height(), dilation.height());
  }

  /** The output width for an input width; at most 0 where the window does not fit. */
  public int outputWidth(int inputWidth) {
    return positions(inputWidth, size.width(), strides.width(), dilation.width());
  }

  /** The shape behind this window; an axis is 0 where the window does not fit. */
  TensorShape output(TensorShape input, int channels) {
    TensorShape image = input.asImage();
    return image
        .withChannels(channels)
        .resized(input.rank(), outputHeight(image.size(0)), outputWidth(image.size(1)));
  }

  private int positions(int input, int size, int stride, int dilation) {
    if (padding != Padding.VALID) {
      return (int) (((long) input + stride - 1) / stride);
    }
    long reach = (long) (size - 1) * dilation + 1;
    return input < reach ? 0 : (int) ((input - reach) / stride + 1);
  }
}
