package dev.tutti.core.mixture;

import dev.tutti.core.audio.AudioClip;
import dev.tutti.core.content.ContentDigest;
import java.util.Optional;

/**
 * What sounds behind the notes of every mixture: white noise, or a recorded clip that is repeated
 * or cut to the mixture's length, from its beginning. Immutable; equal where it sounds the same.
 */
public final class BackgroundNoise {
  /** The usual level of a recording. */
  public static final double USUAL_LEVEL = 0.5;

  private final double level;
  private final Optional<AudioClip> recording;
  private final ContentDigest digest;

  private BackgroundNoise(double level, Optional<AudioClip> recording) {
    if (!(level >= 0) || Double.isInfinite(level)) {
      throw new IllegalArgumentException(
          "noiseLevel is %s; accepted are finite numbers of 0 or more".formatted(level));
    }
    this.level = level;
    this.recording = recording;
    ContentDigest.Builder content = ContentDigest.builder().add(Double.doubleToLongBits(level));
    recording.ifPresent(clip -> content.add(clip.sampleRate()).add(clip.samples()));
    this.digest = content.build();
  }

  /**
   * White noise of this standard deviation, in units of full scale; 0 for none.
   *
   * @throws IllegalArgumentException where it is negative or not finite
   */
  public static BackgroundNoise white(double level) {
    return new BackgroundNoise(level, Optional.empty());
  }

  /**
   * A recording, multiplied by this level; 0 for none.
   *
   * @throws IllegalArgumentException where the level is negative or not finite
   */
  public static BackgroundNoise recorded(AudioClip clip, double level) {
    return new BackgroundNoise(level, Optional.of(clip));
  }

  /** What the noise is multiplied by; 0 for none. */
  public double level() {
    return level;
  }

  boolean isRecorded() {
    return recording.isPresent();
  }

  /** Names what sounds. */
  ContentDigest digest() {
    return digest;
  }

  /**
   * The noise of a mixture, not yet multiplied by the level.
   *
   * @param white the mixture's own noise
   */
  float[] samples(MixtureNoise white, int count, int sampleRate) {
    return recording
        .map(clip -> repeated(clip.resample(sampleRate).samples(), count))
        .orElseGet(() -> white.samples(count));
  }

  private static float[] repeated(float[] recording, int count) {
    float[] samples = new float[count];
    for (int start = 0; start < count; start += recording.length) {
      System.arraycopy(recording, 0, samples, start, Math.min(recording.length, count - start));
    }
    return samples;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BackgroundNoise that && digest.equals(that.digest);
  }

  @Override
  public int hashCode() {
    return digest.hashCode();
  }

  @Override
  public String toString() {
    return "%s noise x %s".formatted(isRecorded() ? "recorded" : "white", level);
  }
}
