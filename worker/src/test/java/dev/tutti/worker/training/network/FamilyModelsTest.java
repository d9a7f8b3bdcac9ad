package dev.tutti.worker.training.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tutti.core.label.FamilySet;
import dev.tutti.core.spectrogram.Spectrogram;
import dev.tutti.core.spectrogram.SpectrogramExtractor;
import dev.tutti.core.spectrogram.StftParameters;
import dev.tutti.worker.device.DeviceConfig;
import dev.tutti.worker.graph.PlainModel;
import dev.tutti.worker.graph.WeightedModel;
import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.training.data.BandProjection;
import dev.tutti.worker.training.data.SyntheticNotes;
import dev.tutti.worker.training.data.TrainingBatch;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The models made of trained variables answer what the training graph answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FamilyModelsTest {
  private static final FamilySet FAMILIES = SyntheticNotes.FAMILIES;
  private static final int SIZE = BandProjection.SIZE;

  private final BandProjection projection = new BandProjection();
  private Spectrogram spectrogram;
  private float[] batch;
  private Map<String, float[]> joint;

  @BeforeAll
  void draw() {
    spectrogram =
        new SpectrogramExtractor(StftParameters.nsynth()).extract(SyntheticNotes.tone(220, 1));
    batch = new float[TinyNetwork.BATCH * SIZE];
    System.arraycopy(projection.project(spectrogram), 0, batch, 0, SIZE);
    try (TrainingGraph graph = TinyNetwork.graph(new TrainingStage.Joint(FAMILIES.size()))) {
      joint = Initialization.draw(graph.variables(), 1);
      Random random = new Random(1);
      joint.forEach(
          (name, values) -> {
            for (int i = 0; i < values.length; i++) {
              values[i] += (name.endsWith("variance") ? 0.1f : 0.05f) * random.nextFloat();
            }
          });
    }
  }

  @Test
  void ofTheJointStage() throws ModelFileException {
    try (TrainingGraph graph = TinyNetwork.graph(new TrainingStage.Joint(FAMILIES.size()))) {
      graph.assign(joint);
      float[] expected = graph.predict(batch);
      FamilyModels models = new FamilyModels(TinyNetwork.SHAPE, joint, projection);
      for (int p = 0; p < FAMILIES.size(); p++) {
        assertEquals(expected[p], answer(models.model(TrainingStage.JOINT, p)), 1e-4);
      }
    }
  }

  @Test
  void ofTheSeparateStageWhichStartsWhereTheJointOneEnded() throws ModelFileException {
    float[] ofJoint;
    try (TrainingGraph graph = TinyNetwork.graph(new TrainingStage.Joint(FAMILIES.size()))) {
      graph.assign(joint);
      ofJoint = graph.predict(batch);
    }
    try (TrainingGraph graph = TinyNetwork.graph(new TrainingStage.Separate(FAMILIES))) {
      Map<String, float[]> values = Initialization.draw(graph.variables(), 2);
      SeparateStart.of(FAMILIES, joint).forEach(values::replace);
      graph.assign(values);
      float[] expected = graph.predict(batch);
      FamilyModels models = new FamilyModels(TinyNetwork.SHAPE, values, projection);
      for (int p = 0; p < FAMILIES.size(); p++) {
        assertEquals(ofJoint[p], expected[p], 1e-5);
        assertEquals(expected[p], answer(models.model(FAMILIES.get(p).label(), 0)), 1e-4);
      }
    }
  }

  @Test
  void trainingOneStageLeavesTheSharedLayersAlone() {
    try (TrainingGraph graph = TinyNetwork.graph(new TrainingStage.Separate(FAMILIES))) {
      Map<String, float[]> values = Initialization.draw(graph.variables(), 2);
      SeparateStart.of(FAMILIES, joint).forEach(values::replace);
      graph.assign(values);
      TrainingBatch mixtures = graph.emptyBatch();
      System.arraycopy(batch, 0, mixtures.levels(), 0, batch.length);
      graph.step(mixtures, 0, 1e-2);
      Map<String, float[]> after = graph.read();
      after.forEach(
          (name, numbers) -> {
            boolean equal = java.util.Arrays.equals(numbers, values.get(name));
            assertEquals(name.contains("shared/"), equal, name);
          });
    }
  }

  private float answer(WeightedModel model) throws ModelFileException {
    try (PlainModel plain =
        PlainModel.load(
            model.model(),
            model.weights(),
            1,
            new DeviceConfig(1, 1, Optional.empty()).sessionConfig())) {
      return plain.run(spectrogram.values())[0];
    }
  }
}
