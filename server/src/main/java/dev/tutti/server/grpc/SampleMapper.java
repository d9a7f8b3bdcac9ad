package dev.tutti.server.grpc;

import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.LabelVector;
import dev.tutti.core.mixture.BackgroundNoise;
import dev.tutti.core.mixture.Mixture;
import dev.tutti.core.mixture.OverlayRule;
import dev.tutti.core.spectrogram.Spectrogram;
import dev.tutti.server.classify.AudioInput;
import dev.tutti.server.classify.Classification;
import dev.tutti.server.classify.ClassificationOptions;
import dev.tutti.server.classify.Classifier;
import dev.tutti.server.error.InvalidInputException;
import dev.tutti.server.evaluate.LabeledInput;
import dev.tutti.server.evaluate.MixtureClassifier;
import dev.tutti.server.evaluate.MixtureClassifier.DatasetNotes;
import dev.tutti.v1.LabeledSample;
import dev.tutti.v1.NoteMixture;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Labelled samples of a client-fed evaluation, from the wire into the domain. */
final class SampleMapper {
  private static final int MAX_ID_LENGTH = 256;
  private static final int MAX_NOTES = 11;

  private final Classifier classifier;
  private final MixtureClassifier mixtures;
  private final ClassificationOptions options;
  private final Optional<DatasetNotes> notes;

  SampleMapper(
      Classifier classifier,
      MixtureClassifier mixtures,
      ClassificationOptions options,
      Optional<DatasetNotes> notes) {
    this.classifier = classifier;
    this.mixtures = mixtures;
    this.options = options;
    this.notes = notes;
  }

  /**
   * The id and the labels are checked at once, since a sample without them cannot be counted. What
   * is wrong with the input itself becomes the sample's own failure.
   */
  LabeledInput toInput(LabeledSample sample) {
    if (sample.getId().length() > MAX_ID_LENGTH) {
      throw new InvalidInputException(
          "sample.id",
          "The id has "
              + sample.getId().length()
              + " characters; accepted are at most "
              + MAX_ID_LENGTH
              + ".");
    }
    FamilySet served = options.bank().families();
    LabelVector truth = FamilyMapper.labels("sample.families", sample.getFamiliesList(), served);
    return new LabeledInput(
        sample.getId(),
        truth,
        List.copyOf(sample.getMixture().getNoteIdsList()),
        sample.getSerializedSize(),
        () -> classify(sample, truth));
  }

  private CompletableFuture<Classification> classify(LabeledSample sample, LabelVector truth) {
    try {
      return begin(sample, truth).get();
    } catch (InvalidInputException e) {
      return CompletableFuture.failedFuture(e.within("sample"));
    }
  }

  private Supplier<CompletableFuture<Classification>> begin(
      LabeledSample sample, LabelVector truth) {
    return switch (sample.getInputCase()) {
      case AUDIO -> {
        AudioInput audio = InputMapper.audio(sample.getAudio());
        yield () -> classifier.classify(audio, options.ofOneSample());
      }
      case SPECTROGRAM -> {
        Spectrogram spectrogram = InputMapper.spectrogram(sample.getSpectrogram(), options.bank());
        yield () -> classifier.classify(spectrogram, options.ofOneSample());
      }
      case MIXTURE -> mixture(sample.getId(), sample.getMixture(), truth);
      case INPUT_NOT_SET ->
          throw new InvalidInputException(
              "input", "There is no sample; set audio, spectrogram or mixture.");
    };
  }

  private Supplier<CompletableFuture<Classification>> mixture(
      String id, NoteMixture wire, LabelVector truth) {
    int count = wire.getNoteIdsCount();
    if (count < 1 || count > MAX_NOTES) {
      throw new InvalidInputException(
          "mixture.note_ids", count + " notes; accepted are 1 to " + MAX_NOTES + ".");
    }
    DatasetNotes dataset =
        notes.orElseThrow(
            () ->
                new InvalidInputException(
                    "mixture", "The config names no data set, so there are no notes to mix."));
    wire.getNoteIdsList().forEach(dataset::note);
    OverlayRule rule = RecipeMapper.overlayRule("mixture.overlay_rule", wire.getOverlayRule());
    Mixture mixture = new Mixture(0, id, List.copyOf(wire.getNoteIdsList()), truth, 0);
    return () ->
        mixtures.classify(mixture, rule, BackgroundNoise.white(0), dataset, options.ofOneSample());
  }
}
