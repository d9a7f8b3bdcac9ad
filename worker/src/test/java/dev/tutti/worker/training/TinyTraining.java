package dev.tutti.worker.training;

import dev.tutti.worker.device.DeviceSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A training of seconds, also as a program of its own that can be killed. */
final class TinyTraining {
  static final int BATCH = 8;
  static final NetworkShape SHAPE =
      new NetworkShape(
          List.of(new NetworkShape.Block(4, 3, 7, 2, 8)),
          List.of(new NetworkShape.Block(6, 3, 3, 4, 2)),
          4);
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
    try (TrainingGraph graph = graph(new TrainingStage.Joint(SyntheticNotes.FAMILIES.size()))) {
      return new Trainer(PLAN, SHAPE, folder, line -> System.out.println(line.json().strip()))
          .run(
              graph,
              new MixtureStream(SyntheticNotes.FAMILIES, notes, noises, 1, BATCH),
              new ValidationPair(validation, wave, BATCH),
              Map.of());
    }
  }

  static TrainingGraph graph(TrainingStage stage) {
    return new TrainingGraph(
        SHAPE,
        stage,
        SyntheticNotes.FAMILIES.size(),
        BATCH,
        new DeviceSettings(1, 1, Optional.empty()),
        0.05f);
  }
}
