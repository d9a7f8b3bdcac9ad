package dev.tutti.core.mixture;

/** How the notes of a mixture become one spectrogram. */
public enum OverlayRule {
  /**
   * The arithmetic mean of the notes' dB spectrograms, as the public NSynth overlay notebook does.
   */
  MEAN_DECIBEL,
  /**
   * The dB spectrogram of the sum of the notes' waveforms: what a microphone would hear. Scaled
   * down where the sum would exceed full scale.
   */
  WAVEFORM_SUM
}
