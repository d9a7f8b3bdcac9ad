package dev.tutti.client;

import dev.tutti.core.label.FamilySet;
import dev.tutti.core.threshold.Thresholds;
import java.util.List;

/**
 * A model bank.
 *
 * @param version its number among the versions on disk; zero where they have no numbers
 * @param labels the labels that name this version
 * @param digest content digest, lower-case hex
 * @param bins frequency bins of the models' input
 * @param frames its frames
 * @param sampleRate the rate of the models' audio, in hertz
 * @param windowSamples the window of audio that makes one input
 * @param parameters weights and biases of all models
 */
public record BankInfo(
    String name,
    int version,
    List<String> labels,
    String digest,
    FamilySet families,
    Thresholds thresholds,
    int bins,
    int frames,
    int sampleRate,
    int windowSamples,
    long parameters) {

  /** What is known of it, for some of its families. */
  public BankInfo among(FamilySet some) {
    return new BankInfo(
        name,
        version,
        labels,
        digest,
        some,
        thresholds.among(some),
        bins,
        frames,
        sampleRate,
        windowSamples,
        parameters);
  }
}
