package dev.tutti.worker.training.card;

import dev.tutti.core.dataset.DatasetException;
import dev.tutti.core.dataset.Note;
import dev.tutti.core.dataset.NoteLibrary;
import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.core.label.LabelVector;
import dev.tutti.core.mixture.Mixture;
import dev.tutti.core.mixture.MixtureRecipe;
import dev.tutti.core.mixture.MixtureRenderer;
import dev.tutti.core.mixture.OverlayRule;
import dev.tutti.core.spectrogram.Spectrogram;
import dev.tutti.core.spectrogram.SpectrogramExtractor;
import dev.tutti.core.spectrogram.StftParameters;
import dev.tutti.worker.bank.ModelBank;
import dev.tutti.worker.training.validation.Scored;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Scores a bank on notes that had no part in its making, as it will be served. */
final class BankTest {
  private static final int SAMPLES = 64_000;
  private static final int BATCH = 8;
  private static final int NOTES_A_FAMILY = 100;
  private static final long SEED = 1;

  private final ModelBank bank;
  private final FamilySet families;
  private final NoteLibrary library;
  private final MixtureRenderer renderer;

  /**
   * A test.
   *
   * @param notes a data set of any kind
   */
  BankTest(ModelBank bank, Path notes) throws DatasetException {
    this.bank = bank;
    families = bank.description().families();
    library = NoteLibrary.open(notes, NOTES_A_FAMILY);
    renderer =
        new MixtureRenderer(library, new SpectrogramExtractor(StftParameters.nsynth()), SAMPLES);
  }

  /**
   * The 1,100 mixtures of the notebook's recipe.
   *
   * @param among families that are mixed and scored, of those of the bank
   */
  Scored mixtures(FamilySet among, OverlayRule rule) {
    MixtureRecipe recipe = MixtureRecipe.notebook(SEED, among.size());
    List<LabelVector> truths = new ArrayList<>();
    List<Spectrogram> batch = new ArrayList<>();
    List<float[]> probabilities = new ArrayList<>();
    for (long i = 0; i < recipe.size(); i++) {
      Mixture mixture = recipe.mixture(i, library, among);
      truths.add(mixture.truth());
      batch.add(renderer.render(mixture, rule, 0, renderer::render));
      flush(batch, probabilities, i + 1 == recipe.size());
    }
    return Scored.of(
        among, truths, probabilities.stream().map(row -> columns(row, among)).toList());
  }

  private float[] columns(float[] row, FamilySet among) {
    float[] chosen = new float[among.size()];
    for (int p = 0; p < chosen.length; p++) {
      chosen[p] = row[families.positionOf(among.get(p))];
    }
    return chosen;
  }

  /** Every note alone. */
  Scored solos() {
    List<Note> notes = new ArrayList<>();
    for (InstrumentFamily family : families) {
      notes.addAll(library.notes(family));
    }
    List<LabelVector> truths = new ArrayList<>();
    List<Spectrogram> batch = new ArrayList<>();
    List<float[]> probabilities = new ArrayList<>();
    for (Note note : notes) {
      truths.add(LabelVector.of(families, List.of(note.family())));
      batch.add(renderer.render(note));
      flush(batch, probabilities, truths.size() == notes.size());
    }
    return Scored.of(families, truths, probabilities);
  }

  private void flush(List<Spectrogram> batch, List<float[]> probabilities, boolean last) {
    if (batch.size() < BATCH && !last) {
      return;
    }
    float[] answer =
        bank.infer(batch.stream().map(each -> ByteBuffer.wrap(each.toLittleEndian())).toList())
            .probabilities();
    for (int i = 0; i < batch.size(); i++) {
      float[] row = new float[families.size()];
      System.arraycopy(answer, i * row.length, row, 0, row.length);
      probabilities.add(row);
    }
    batch.clear();
  }
}
