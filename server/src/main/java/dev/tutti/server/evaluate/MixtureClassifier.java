package dev.tutti.server.evaluate;

import dev.tutti.core.audio.AudioClip;
import dev.tutti.core.content.ContentDigest;
import dev.tutti.core.dataset.DatasetException;
import dev.tutti.core.dataset.Note;
import dev.tutti.core.dataset.NoteLibrary;
import dev.tutti.core.mixture.BackgroundNoise;
import dev.tutti.core.mixture.Mixture;
import dev.tutti.core.mixture.MixtureRenderer;
import dev.tutti.core.mixture.OverlayRule;
import dev.tutti.core.spectrogram.Spectrogram;
import dev.tutti.core.spectrogram.SpectrogramExtractor;
import dev.tutti.server.async.Futures;
import dev.tutti.server.bank.Bank;
import dev.tutti.server.classify.Classification;
import dev.tutti.server.classify.ClassificationOptions;
import dev.tutti.server.classify.Classifier;
import dev.tutti.server.classify.ClipSpectrogram;
import dev.tutti.server.classify.DspPool;
import dev.tutti.server.classify.Spectrograms;
import dev.tutti.server.error.ClientText;
import dev.tutti.server.error.FailedPreconditionException;
import dev.tutti.server.error.NotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

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
   * @param dataset the library's name, part of its notes' cache keys
   * @param background what sounds behind the notes
   */
  public CompletableFuture<Classification> classify(
      Mixture mixture,
      OverlayRule rule,
      BackgroundNoise background,
      DatasetNotes dataset,
      ClassificationOptions options) {
    Bank bank = options.bank();
    Map<String, CompletableFuture<ClipSpectrogram>> notes =
        rule == OverlayRule.MEAN_DECIBEL && background.level() == 0
            ? noteSpectrograms(mixture, dataset, options)
            : Map.of();
    MixtureRenderer renderer =
        new MixtureRenderer(
            dataset.library(), new SpectrogramExtractor(bank.stft()), bank.windowSamples());
    CompletableFuture<Spectrogram> rendered =
        Futures.then(
            Futures.all(notes.values()),
            unused ->
                pool.submit(
                    options.pass(),
                    0,
                    token -> {
                      try {
                        return renderer.render(
                            mixture,
                            rule,
                            background,
                            note -> notes.get(note.id()).join().spectrogram());
                      } catch (UncheckedIOException e) {
                        throw dataset.unreadable(e.getCause());
                      }
                    }));
    return Futures.then(rendered, spectrogram -> classifier.classify(spectrogram, options));
  }

  /** Those of the notes that are mixed as they are; what is amplified differs every time. */
  private Map<String, CompletableFuture<ClipSpectrogram>> noteSpectrograms(
      Mixture mixture, DatasetNotes dataset, ClassificationOptions options) {
    Map<String, CompletableFuture<ClipSpectrogram>> notes = new LinkedHashMap<>();
    for (int i = 0; i < mixture.noteIds().size(); i++) {
      if (mixture.gains().get(i) != 0) {
        continue;
      }
      String id = mixture.noteIds().get(i);
      Note note = dataset.note(id);
      ContentDigest name =
          ContentDigest.builder().add("note").add(dataset.name()).add(note.id()).build();
      notes.computeIfAbsent(
          id,
          unused ->
              spectrograms.of(
                  name,
                  () -> dataset.audio(note),
                  options.bank(),
                  options.bypassCache(),
                  options.pass()));
    }
    return notes;
  }

  /** A library under the name by which the gateway holds it. */
  public record DatasetNotes(String name, NoteLibrary library) {
    /** Reads a note. */
    AudioClip audio(Note note) {
      try {
        return note.audio();
      } catch (DatasetException e) {
        throw unreadable(e);
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
