package dev.tutti.core.mixture;

import dev.tutti.core.content.ContentDigest;
import java.util.function.Function;

/**
 * Names how a mixture sounds without making it. Where two digests are equal, so is every bit of
 * what {@link MixtureRenderer} makes with the same extractor and window. What is not heard is left
 * out: index, id and truth, noise of level 0, the rule where there are no notes.
 */
public final class MixtureDigest {
  private MixtureDigest() {}

  /**
   * The digest of a mixture.
   *
   * @param rule how its notes are overlaid
   * @param background what sounds behind them
   * @param notes names the audio of the note with an id, as {@code Note.fingerprint} does
   */
  public static ContentDigest of(
      Mixture mixture,
      OverlayRule rule,
      BackgroundNoise background,
      Function<String, ContentDigest> notes) {
    ContentDigest.Builder content = ContentDigest.builder();
    if (mixture.noteIds().isEmpty()) {
      mixture.noise().addTo(content.add("noise"));
      return content.build();
    }
    content.add(rule.name()).add(mixture.noteIds().size());
    for (int i = 0; i < mixture.noteIds().size(); i++) {
      double gain = mixture.gains().get(i);
      content
          .add(notes.apply(mixture.noteIds().get(i)).toBytes())
          // There are two zeros.
          .add(Double.doubleToLongBits(gain == 0 ? 0 : gain));
    }
    if (background.level() > 0) {
      add(background, mixture.noise(), content);
    }
    return content.build();
  }

  private static void add(
      BackgroundNoise background, MixtureNoise noise, ContentDigest.Builder content) {
    content.add(background.digest().toBytes());
    if (!background.isRecorded()) {
      noise.addTo(content);
    }
  }
}
