package dev.tutti.worker.training.run;

import dev.tutti.core.dataset.DatasetException;
import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.core.label.LabelVector;
import dev.tutti.worker.graph.WeightedModel;
import dev.tutti.worker.training.data.BandNote;
import dev.tutti.worker.training.data.ExcludedNotes;
import dev.tutti.worker.training.data.HeldOut;
import dev.tutti.worker.training.data.SoloStream;
import dev.tutti.worker.training.data.TrainingNotes;
import dev.tutti.worker.training.network.NetworkShape;
import dev.tutti.worker.training.network.NotebookModels;
import dev.tutti.worker.training.network.TrainingGraph;
import dev.tutti.worker.training.network.TrainingStage;
import dev.tutti.worker.training.validation.Decisions;
import dev.tutti.worker.training.validation.Scored;
import dev.tutti.worker.training.validation.SoloEvaluator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Trains what the public notebook trained: for every family a network of its own, on the whole
 * spectrograms of single notes of it against single notes of all others.
 */
public final class NotebookRun {
  private static final int NOTES_A_FAMILY = 1000;
  private static final int VALIDATION_NOTES_A_FAMILY = 40;
  private static final int BATCH = 16;

  private final TrainingOptions options;
  private final NetworkShape shape;
  private final Path work;
  private final Consumer<String> say;
  private final List<BandNote> training = new ArrayList<>();
  private final List<BandNote> validation = new ArrayList<>();

  /**
   * Reads the first data set: 258 KB a note.
   *
   * @param work folder of checkpoints and logs; a training that stands there goes on
   * @param say told what goes on, line by line
   */
  public NotebookRun(TrainingOptions options, Path work, Consumer<String> say) throws IOException {
    this(options, NetworkShape.notebook(), work, say);
  }

  /**
   * The same with layers of another shape.
   *
   * @param shape of each family's network; nothing of it is shared
   */
  public NotebookRun(TrainingOptions options, NetworkShape shape, Path work, Consumer<String> say)
      throws IOException {
    this.options = options;
    this.shape = shape;
    this.work = work;
    this.say = say;
    read(options.data());
    Files.createDirectories(work);
  }

  private void read(TrainingOptions.Data data) throws DatasetException {
    Path path = data.sets().get(0);
    TrainingNotes all =
        TrainingNotes.whole(path, ExcludedNotes.of(data.excluded()), NOTES_A_FAMILY);
    Set<String> heldOut = HeldOut.instruments(all.all(), data.heldOut(), options.length().seed());
    Map<InstrumentFamily, Integer> validated = new EnumMap<>(InstrumentFamily.class);
    for (BandNote note : all.all()) {
      if (!heldOut.contains(note.instrument())) {
        training.add(note);
      } else if (validated.merge(note.family(), 1, Integer::sum) <= VALIDATION_NOTES_A_FAMILY) {
        validation.add(note);
      }
    }
    say.accept(
        "%s: %d notes to train on, %d to validate"
            .formatted(path, training.size(), validation.size()));
  }

  /** Trains, or goes on, and gives the models. */
  public TrainedModels run() throws IOException, InterruptedException {
    FamilySet families = options.families();
    Map<InstrumentFamily, WeightedModel> models = new EnumMap<>(InstrumentFamily.class);
    List<double[]> scores = new ArrayList<>();
    for (InstrumentFamily family : families) {
      TrainingPlan plan =
          options.length().ofFamily("notebook-" + family.label(), families.size(), BATCH);
      SoloEvaluator evaluator = new SoloEvaluator(family, validation, BATCH);
      try (TrainingGraph graph =
          new TrainingGraph(
              shape, new TrainingStage.Notebook(family), 1, BATCH, options.device(), 0)) {
        Map<String, float[]> variables =
            new Trainer(plan, shape, work, line -> say.accept(line.json().strip()))
                .run(
                    graph,
                    new SoloStream(family, training, plan.seed(), BATCH),
                    evaluator,
                    Map.of());
        graph.assign(variables);
        scores.add(evaluator.scores(graph::predict));
        models.put(family, NotebookModels.model(family.label(), shape, variables));
      }
    }
    Scored scored = scored(families, scores);
    return new TrainedModels(models, shape, Decisions.fit(scored), scored, scored);
  }

  private Scored scored(FamilySet families, List<double[]> scores) {
    List<LabelVector> truths = new ArrayList<>();
    List<float[]> rows = new ArrayList<>();
    for (int i = 0; i < validation.size(); i++) {
      InstrumentFamily family = validation.get(i).family();
      if (families.contains(family)) {
        int row = i;
        double[] values =
            IntStream.range(0, families.size()).mapToDouble(p -> scores.get(p)[row]).toArray();
        float[] narrow = new float[values.length];
        for (int p = 0; p < narrow.length; p++) {
          narrow[p] = (float) values[p];
        }
        truths.add(LabelVector.of(families, List.of(family)));
        rows.add(narrow);
      }
    }
    return Scored.of(families, truths, rows);
  }
}
