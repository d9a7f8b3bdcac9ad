package dev.tutti.worker.bank;

import dev.tutti.core.spectrogram.StftParameters;

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
}
