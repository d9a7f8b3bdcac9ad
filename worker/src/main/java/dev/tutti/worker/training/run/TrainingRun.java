package dev.tutti.worker.training.run;

import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.worker.graph.WeightedModel;
import dev.tutti.worker.training.augment.MixtureStream;
import dev.tutti.worker.training.augment.NoisePool;
import dev.tutti.worker.training.data.BandNote;
import dev.tutti.worker.training.data.BandProjection;
import dev.tutti.worker.training.data.ExcludedNotes;
import dev.tutti.worker.training.data.HeldOut;
import dev.tutti.worker.training.data.TrainingNotes;
import dev.tutti.worker.training.network.FamilyModels;
import dev.tutti.worker.training.network.NetworkShape;
import dev.tutti.worker.training.network.SeparateStart;
import dev.tutti.worker.training.network.TrainingGraph;
import dev.tutti.worker.training.network.TrainingStage;
import dev.tutti.worker.training.validation.Decisions;
import dev.tutti.worker.training.validation.Evaluator;
import dev.tutti.worker.training.validation.Scored;
import dev.tutti.worker.training.validation.Validation;
import dev.tutti.worker.training.validation.ValidationPair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Trains family models from data sets of notes: first one network for all families, whose lower
 * layers are then shared, then each family's own layers on them.
 */
public final class TrainingRun {
  private static final float WEIGHT_DECAY = 0.05f;
  private static final int MIXTURES_A_SIZE = 60;
  private static final int WAVE_MIXTURES_A_SIZE = 40;
  private static final int DECISION_MIXTURES_A_SIZE = 300;

  private final TrainingOptions options;
  private final Path work;
  private final Consumer<String> say;
  private final NetworkShape shape = NetworkShape.compact();
  private final BandProjection projection = new BandProjection();
  private final FamilySet families;
  private final NoisePool noises;
  private final List<List<BandNote>> training;
  private final List<List<BandNote>> validation;

  private TrainingRun(
      TrainingOptions options, Path work, List<TrainingNotes> sets, Consumer<String> say) {
    this.options = options;
    this.work = work;
    this.say = say;
    families = options.families();
    noises = new NoisePool(projection, options.length().seed());
    Set<String> heldOut =
        HeldOut.instruments(sets.get(0).all(), options.data().heldOut(), options.length().seed());
    training = TrainingNotes.byFamily(families, sets, note -> !heldOut.contains(note.instrument()));
    validation =
        TrainingNotes.byFamily(
            families, sets.subList(0, 1), note -> heldOut.contains(note.instrument()));
  }

  /**
   * Reads the data sets.
   *
   * @param work folder of checkpoints and logs; a training that stands there goes on
   * @param say told what goes on, line by line
   * @throws IOException where notes cannot be read, or a family has too few instruments
   */
  public static TrainingRun open(TrainingOptions options, Path work, Consumer<String> say)
      throws IOException {
    BandProjection projection = new BandProjection();
    List<TrainingNotes> sets = new ArrayList<>();
    ExcludedNotes excluded = ExcludedNotes.of(options.data().excluded());
    for (Path path : options.data().sets()) {
      TrainingNotes notes = TrainingNotes.read(path, excluded, projection);
      say.accept("%s: %d notes".formatted(path, notes.size()));
      sets.add(notes);
    }
    TrainingRun run = new TrainingRun(options, work, sets, say);
    run.check();
    Files.createDirectories(work);
    return run;
  }

  private void check() throws IOException {
    for (int p = 0; p < families.size(); p++) {
      say.accept(
          "%s: %d notes to train on, %d to validate"
              .formatted(families.get(p), training.get(p).size(), validation.get(p).size()));
      if (training.get(p).isEmpty() || validation.get(p).isEmpty()) {
        throw new IOException(
            "%s needs at least two instruments in the first data set, one of them to validate on"
                .formatted(families.get(p)));
      }
    }
  }

  /** Trains, or goes on, and gives the models. */
  public TrainedModels run() throws IOException, InterruptedException {
    Map<String, float[]> joint = joint();
    try (TrainingGraph graph = graph(options.length().separate(), separateStage())) {
      Map<String, float[]> separate =
          trainer(options.length().separate())
              .run(
                  graph,
                  stream(options.length().separate(), 1),
                  evaluator(options.length().separate()),
                  SeparateStart.of(families, joint));
      graph.assign(separate);
      TrainingCurve.draw(work.resolve("log.jsonl"), work.resolve("curve.svg"));
      TrainingPlan plan = options.length().separate();
      Validation overlay = decisionMixtures(false);
      Validation wave = decisionMixtures(true);
      Scored scored = scored(overlay, graph, plan);
      FamilyModels layers = new FamilyModels(shape, separate, projection);
      Map<InstrumentFamily, WeightedModel> models = new EnumMap<>(InstrumentFamily.class);
      families.forEach(family -> models.put(family, layers.model(family.label(), 0)));
      return new TrainedModels(
          models, shape, Decisions.fit(scored), scored, scored(wave, graph, plan));
    }
  }

  private Map<String, float[]> joint() throws IOException, InterruptedException {
    TrainingPlan plan = options.length().joint();
    try (TrainingGraph graph = graph(plan, new TrainingStage.Joint(families.size()))) {
      return trainer(plan).run(graph, stream(plan, 0), evaluator(plan), Map.of());
    }
  }

  private TrainingStage separateStage() {
    return new TrainingStage.Separate(families);
  }

  private Trainer trainer(TrainingPlan plan) {
    return new Trainer(plan, shape, work, line -> say.accept(line.json().strip()));
  }

  private TrainingGraph graph(TrainingPlan plan, TrainingStage stage) {
    return new TrainingGraph(
        shape, stage, families.size(), plan.batchSize(), options.device(), WEIGHT_DECAY);
  }

  private MixtureStream stream(TrainingPlan plan, long stage) {
    return new MixtureStream(families, training, noises, plan.seed() + stage, plan.batchSize());
  }

  private Evaluator evaluator(TrainingPlan plan) {
    return new ValidationPair(
        new Validation(families, validation, noises, MIXTURES_A_SIZE, false, 5),
        new Validation(families, validation, noises, WAVE_MIXTURES_A_SIZE, true, 6),
        plan.batchSize());
  }

  private Validation decisionMixtures(boolean wave) {
    return new Validation(families, validation, noises, DECISION_MIXTURES_A_SIZE, wave, 7);
  }

  private Scored scored(Validation mixtures, TrainingGraph graph, TrainingPlan plan) {
    return Scored.of(
        families, mixtures.truths(), mixtures.probabilities(plan.batchSize(), graph::predict));
  }
}
