package dev.tutti.worker.bank;

import dev.tutti.core.spectrogram.StftParameters;
import java.nio.ByteBuffer;

/**
 * What every model of a bank looks at: one spectrogram in decibels.
 *
 * @param bins frequency bins
 * @param frames time steps
 * @param stft how it is computed
 */
public record BankInput(int bins, int frames, StftParameters stft) {
  /** The float32 bytes of one spectrogram. */
  public int rowBytes() {
    return bins * frames * Float.BYTES;
  }

  /**
   * Compares a row's length with that of a spectrogram.
   *
   * @param number of the row, for the message
   * @throws InvalidBatchException if they differ
   */
  void requireLength(ByteBuffer row, int number) {
    if (row.remaining() != rowBytes()) {
      throw new InvalidBatchException(
          "row %d has %d bytes; %d x %d float32 are %d"
              .formatted(number, row.remaining(), bins, frames, rowBytes()));
    }
  }
}
