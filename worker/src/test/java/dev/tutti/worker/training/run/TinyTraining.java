package dev.tutti.worker.training.run;

import static dev.tutti.worker.training.network.TinyNetwork.BATCH;

import dev.tutti.worker.training.augment.MixtureStream;
import dev.tutti.worker.training.augment.NoisePool;
import dev.tutti.worker.training.data.BandNote;
import dev.tutti.worker.training.data.BandProjection;
import dev.tutti.worker.training.data.SyntheticNotes;
import dev.tutti.worker.training.network.TinyNetwork;
import dev.tutti.worker.training.network.TrainingGraph;
import dev.tutti.worker.training.network.TrainingStage;
import dev.tutti.worker.training.validation.Validation;
import dev.tutti.worker.training.validation.ValidationPair;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A training of seconds, also as a program of its own that can be killed. */
final class TinyTraining {
  static final TrainingPlan PLAN =
      new TrainingPlan("joint", BATCH, 60, Optional.empty(), 5e-2, 10, 1);

  private TinyTraining() {}

  /** Trains in the folder given, or goes on there. */
  public static void main(String[] args) throws IOException, InterruptedException {
    run(Path.of(args[0]));
  }

  static Map<String, float[]> run(Path folder) throws IOException, InterruptedException {
    List<List<BandNote>> notes = SyntheticNotes.byFamily(4);
    NoisePool noises = new NoisePool(new BandProjection(), 1);
    Validation validation = new Validation(SyntheticNotes.FAMILIES, notes, noises, 4, false, 1);
    Validation wave = new Validation(SyntheticNotes.FAMILIES, notes, noises, 4, true, 1);
    try (TrainingGraph graph =
        TinyNetwork.graph(new TrainingStage.Joint(SyntheticNotes.FAMILIES.size()))) {
      return new Trainer(
              PLAN, TinyNetwork.SHAPE, folder, line -> System.out.println(line.json().strip()))
          .run(
              graph,
              new MixtureStream(SyntheticNotes.FAMILIES, notes, noises, 1, BATCH),
              new ValidationPair(validation, wave, BATCH),
              Map.of());
    }
  }
}
