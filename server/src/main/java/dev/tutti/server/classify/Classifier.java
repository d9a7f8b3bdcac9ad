package dev.tutti.server.classify;

import dev.tutti.core.spectrogram.Spectrogram;
import dev.tutti.server.admission.Pass;
import dev.tutti.server.admission.Queued;
import dev.tutti.server.async.Futures;
import dev.tutti.server.bank.Bank;
import dev.tutti.server.batching.Batcher;
import dev.tutti.server.batching.Inference;
import dev.tutti.server.cache.SharedCache;
import dev.tutti.server.classify.Classification.CacheOutcome;
import dev.tutti.server.error.InvalidInputException;
import dev.tutti.server.error.ModelFaultException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * From input to probabilities: spectrogram cache, DSP pool, probability cache, batches, workers.
 * Nothing blocks; all failures are serving exceptions inside the future.
 */
public final class Classifier {
  private final Spectrograms spectrograms;
  private final SharedCache<ProbabilityKey, Inference> probabilities;
  private final Batcher batcher;

  public Classifier(
      Spectrograms spectrograms,
      SharedCache<ProbabilityKey, Inference> probabilities,
      Batcher batcher) {
    this.spectrograms = spectrograms;
    this.probabilities = probabilities;
    this.batcher = batcher;
  }

  /** Classifies a clip. Cancelling the future gives up this caller's share of the work. */
  public CompletableFuture<Classification> classify(
      AudioInput audio, ClassificationOptions options) {
    var lookup =
        spectrograms.of(
            audio, options.bank(), options.length(), options.bypassCache(), options.pass());
    return Futures.then(
        lookup.value(),
        clip -> classify(clip, outcome(options.bypassCache(), lookup.hit()), options));
  }

  /** Classifies a spectrogram of unknown origin. */
  public CompletableFuture<Classification> classify(
      Spectrogram spectrogram, ClassificationOptions options) {
    return classify(
        options.bypassCache() ? Optional.empty() : Optional.of(SpectrogramKey.ofSent(spectrogram)),
        spectrogram,
        options);
  }

  /**
   * Classifies a spectrogram that was made here.
   *
   * @param key names it; empty where caches are bypassed
   */
  public CompletableFuture<Classification> classify(
      Optional<SpectrogramKey> key, Spectrogram spectrogram, ClassificationOptions options) {
    return classify(new ClipSpectrogram(key, spectrogram, 0, 0), CacheOutcome.UNUSED, options);
  }

  private CompletableFuture<Classification> classify(
      ClipSpectrogram clip, CacheOutcome spectrogramCache, ClassificationOptions options) {
    Bank bank = options.bank();
    checkShape(clip.spectrogram(), bank);
    var lookup = infer(clip, bank, options.pass());
    CacheOutcome probabilityCache = outcome(options.bypassCache(), lookup.hit());
    return Futures.map(
        lookup.value(),
        inference ->
            new Classification(
                bank,
                inference.probabilities(),
                options.thresholds(),
                clip.clipSeconds(),
                clip.analyzedSeconds(),
                new Classification.Trace(
                    spectrogramCache, probabilityCache, inference, options.pass().times())));
  }

  private SharedCache.Lookup<Inference> infer(ClipSpectrogram clip, Bank bank, Pass pass) {
    if (clip.key().isEmpty()) {
      return new SharedCache.Lookup<>(compute(clip.spectrogram(), bank, pass), false);
    }
    return probabilities.get(
        new ProbabilityKey(clip.key().get(), bank.digest()),
        pass,
        joined -> compute(clip.spectrogram(), bank, joined));
  }

  /** Checked before anything can be kept or decided. */
  private Queued<Inference> compute(Spectrogram spectrogram, Bank bank, Pass pass) {
    return batcher
        .submit(spectrogram, bank.digest(), pass)
        .map(inference -> checkedProbabilities(inference, bank));
  }

  private static Inference checkedProbabilities(Inference inference, Bank bank) {
    float[] row = inference.probabilities();
    for (int i = 0; i < row.length; i++) {
      if (!(row[i] >= 0 && row[i] <= 1)) {
        throw new ModelFaultException(
            "The model for "
                + bank.families().get(i).label()
                + " of bank '"
                + bank.name()
                + "' answered "
                + row[i]
                + ", which is no probability (0..1).");
      }
    }
    return inference;
  }

  private static void checkShape(Spectrogram spectrogram, Bank bank) {
    if (spectrogram.bins() != bank.bins() || spectrogram.frames() != bank.frames()) {
      throw new InvalidInputException(
          "spectrogram.decibels.shape",
          "The spectrogram is "
              + spectrogram.bins()
              + " x "
              + spectrogram.frames()
              + " (frequency bins x frames); the models of bank '"
              + bank.name()
              + "' take exactly "
              + bank.bins()
              + " x "
              + bank.frames()
              + ".");
    }
  }

  private static CacheOutcome outcome(boolean bypassed, boolean hit) {
    return bypassed ? CacheOutcome.UNUSED : hit ? CacheOutcome.HIT : CacheOutcome.MISS;
  }
}
