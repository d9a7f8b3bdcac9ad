package dev.tutti.server.classify;

import dev.tutti.core.content.ContentDigest;
import dev.tutti.core.spectrogram.Spectrogram;
import dev.tutti.server.bank.Bank;

/**
 * Names a spectrogram by all that it is made of, before it is made: where two keys are equal, so is
 * every value. Only what a client sends ready-made is known by its values.
 *
 * @param kind what it is made of; spectrograms of two kinds never share a key
 * @param content the digest of what it is made of
 */
public record SpectrogramKey(Kind kind, ContentDigest content) {
  /** What a spectrogram is made of. */
  public enum Kind {
    /** Of audio that a client sent. */
    CLIP,
    /** Of a note of a data set, alone. */
    NOTE,
    /** Of several notes, or of noise. */
    MIXTURE,
    /** Of nothing here: a client sent it. */
    SENT
  }

  /**
   * Of a clip.
   *
   * @param maxClipSeconds how far a clip is counted whose file does not state its length
   */
  static SpectrogramKey ofClip(
      AudioInput audio, Bank bank, LengthPolicy length, int maxClipSeconds) {
    ContentDigest.Builder content = analysed(audio.digest(), bank).add(length.name());
    switch (length) {
      case FIT -> content.add(bank.windowSamples()).add(maxClipSeconds);
      case STRICT -> content.add(bank.windowSamples());
      case KEEP -> content.add(maxClipSeconds);
    }
    return new SpectrogramKey(Kind.CLIP, content.build());
  }

  /**
   * Of a note, fitted to the window.
   *
   * @param fingerprint see {@link dev.tutti.core.dataset.Note#fingerprint}
   */
  public static SpectrogramKey ofNote(ContentDigest fingerprint, Bank bank) {
    return new SpectrogramKey(
        Kind.NOTE, analysed(fingerprint, bank).add(bank.windowSamples()).build());
  }

  /**
   * Of a mixture, whose notes are fitted to the window.
   *
   * @param digest see {@link dev.tutti.core.mixture.MixtureDigest}
   */
  public static SpectrogramKey ofMixture(ContentDigest digest, Bank bank) {
    return new SpectrogramKey(
        Kind.MIXTURE, analysed(digest, bank).add(bank.windowSamples()).build());
  }

  /** Of values that a client sent. */
  static SpectrogramKey ofSent(Spectrogram spectrogram) {
    return new SpectrogramKey(Kind.SENT, spectrogram.digest());
  }

  private static ContentDigest.Builder analysed(ContentDigest source, Bank bank) {
    // A record's text has all of its components, those of tomorrow too.
    return ContentDigest.builder().add(source.toBytes()).add(bank.stft().toString());
  }
}
