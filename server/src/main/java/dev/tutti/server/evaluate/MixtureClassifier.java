package dev.tutti.server.evaluate;

import dev.tutti.core.audio.AudioClip;
import dev.tutti.core.content.ContentDigest;
import dev.tutti.core.dataset.DatasetException;
import dev.tutti.core.dataset.Note;
import dev.tutti.core.dataset.NoteLibrary;
import dev.tutti.core.mixture.BackgroundNoise;
import dev.tutti.core.mixture.Mixture;
import dev.tutti.core.mixture.MixtureDigest;
import dev.tutti.core.mixture.MixtureRenderer;
import dev.tutti.core.mixture.OverlayRule;
import dev.tutti.core.spectrogram.Spectrogram;
import dev.tutti.server.async.Futures;
import dev.tutti.server.bank.Bank;
import dev.tutti.server.classify.Classification;
import dev.tutti.server.classify.ClassificationOptions;
import dev.tutti.server.classify.Classifier;
import dev.tutti.server.classify.ClipSpectrogram;
import dev.tutti.server.classify.DspPool;
import dev.tutti.server.classify.SpectrogramKey;
import dev.tutti.server.classify.Spectrograms;
import dev.tutti.server.error.ClientText;
import dev.tutti.server.error.FailedPreconditionException;
import dev.tutti.server.error.NotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Mixes notes of a data set and classifies the result. */
public final class MixtureClassifier {
  private final Spectrograms spectrograms;
  private final DspPool pool;
  private final Classifier classifier;

  public MixtureClassifier(Spectrograms spectrograms, DspPool pool, Classifier classifier) {
    this.spectrograms = spectrograms;
    this.pool = pool;
    this.classifier = classifier;
  }

  /**
   * @param background what sounds behind the notes
   * @throws FailedPreconditionException where a note's file is gone
   */
  public CompletableFuture<Classification> classify(
      Mixture mixture,
      OverlayRule rule,
      BackgroundNoise background,
      DatasetNotes dataset,
      ClassificationOptions options) {
    Bank bank = options.bank();
    // Before anything is read: what is replaced meanwhile has another fingerprint ever after.
    Optional<Map<String, ContentDigest>> fingerprints =
        options.bypassCache() ? Optional.empty() : Optional.of(dataset.fingerprints(mixture));
    Map<String, CompletableFuture<ClipSpectrogram>> notes =
        rule == OverlayRule.MEAN_DECIBEL && background.level() == 0
            ? noteSpectrograms(mixture, dataset, fingerprints, options)
            : Map.of();
    MixtureRenderer renderer =
        new MixtureRenderer(dataset.library(), spectrograms.extractor(bank), bank.windowSamples());
    Optional<SpectrogramKey> key =
        fingerprints
            .map(known -> MixtureDigest.of(mixture, rule, background, known::get))
            .map(digest -> SpectrogramKey.ofMixture(digest, bank));
    CompletableFuture<Spectrogram> rendered =
        Futures.then(
            Futures.all(notes.values()),
            unused ->
                pool.submit(
                    options.pass(),
                    0,
                    token ->
                        dataset.read(
                            () ->
                                renderer.render(
                                    mixture,
                                    rule,
                                    background,
                                    note -> notes.get(note.id()).join().spectrogram()))));
    return Futures.then(rendered, spectrogram -> classifier.classify(key, spectrogram, options));
  }

  /** Those of the notes that are mixed as they are; what is amplified differs every time. */
  private Map<String, CompletableFuture<ClipSpectrogram>> noteSpectrograms(
      Mixture mixture,
      DatasetNotes dataset,
      Optional<Map<String, ContentDigest>> fingerprints,
      ClassificationOptions options) {
    Map<String, CompletableFuture<ClipSpectrogram>> notes = new LinkedHashMap<>();
    for (int i = 0; i < mixture.noteIds().size(); i++) {
      if (mixture.gains().get(i) != 0) {
        continue;
      }
      String id = mixture.noteIds().get(i);
      Note note = dataset.note(id);
      notes.computeIfAbsent(
          id,
          unused ->
              spectrograms.of(
                  fingerprints.map(known -> SpectrogramKey.ofNote(known.get(id), options.bank())),
                  () -> dataset.audio(note),
                  options.bank(),
                  options.pass()));
    }
    return notes;
  }

  /** A library under the name by which the gateway holds it. */
  public record DatasetNotes(String name, NoteLibrary library) {
    /** What the files of a mixture's notes hold now, by note id. */
    Map<String, ContentDigest> fingerprints(Mixture mixture) {
      Map<String, ContentDigest> fingerprints = new HashMap<>();
      try {
        for (String id : mixture.noteIds()) {
          fingerprints.put(id, note(id).fingerprint());
        }
      } catch (DatasetException e) {
        throw unreadable(e);
      }
      return fingerprints;
    }

    /** Reads a note. */
    AudioClip audio(Note note) {
      try {
        return note.audio();
      } catch (DatasetException e) {
        throw unreadable(e);
      }
    }

    /** Makes something of notes that are read on the way. */
    <T> T read(Supplier<T> making) {
      try {
        return making.get();
      } catch (UncheckedIOException e) {
        throw unreadable(e.getCause());
      }
    }

    FailedPreconditionException unreadable(IOException cause) {
      return new FailedPreconditionException(
          "Data set '" + name + "' cannot be read: " + cause.getMessage());
    }

    /**
     * @throws NotFoundException when the data set has no such note
     */
    public Note note(String id) {
      return library
          .find(id)
          .orElseThrow(
              () ->
                  new NotFoundException(
                      "note",
                      id,
                      "Data set '"
                          + name
                          + "' has no note with the id "
                          + ClientText.quote(id)
                          + "."));
    }
  }
}
