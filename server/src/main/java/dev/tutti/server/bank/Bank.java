package dev.tutti.server.bank;

import dev.tutti.core.label.FamilySet;
import dev.tutti.core.spectrogram.StftParameters;
import dev.tutti.core.threshold.Thresholds;
import java.time.Instant;

/**
 * A model bank as the workers report it.
 *
 * @param version its number among the versions on disk; zero where they have none
 * @param digest content digest, lower-case hex
 * @param families the served families; the order of every row of probabilities
 * @param bins frequency bins of the spectrogram that the models take
 * @param frames its frames
 * @param parameters weights and biases of all models
 */
public record Bank(
    String name,
    int version,
    String digest,
    FamilySet families,
    int bins,
    int frames,
    StftParameters stft,
    Thresholds thresholds,
    long parameters,
    Instant loadTime) {

  /** The window of audio that makes one input, in samples at the bank's rate. */
  public int windowSamples() {
    return (frames - 1) * stft.hopLength();
  }
}
