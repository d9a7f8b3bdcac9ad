package dev.tutti.worker.bank;

import dev.tutti.core.content.ContentDigest;
import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.core.spectrogram.StftParameters;
import dev.tutti.core.threshold.Thresholds;
import dev.tutti.worker.device.DeviceSettings;
import dev.tutti.worker.graph.ModelGraph;
import dev.tutti.worker.graph.ModelWeights;
import dev.tutti.worker.keras.KerasModelFile;
import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.TensorShape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** Loads a models folder into a {@link ModelBank}. */
public final class ModelBankLoader {
  private static final Logger log = LoggerFactory.getLogger(ModelBankLoader.class);
  private static final String PRECISION = "float32";

  private final StftParameters stft;
  private final BatchSizes batchSizes;
  private final DeviceSettings device;

  /**
   * A loader for banks that run these batch sizes on this device.
   *
   * @param stft how the spectrograms that the models were trained on are computed
   */
  public ModelBankLoader(StftParameters stft, BatchSizes batchSizes, DeviceSettings device) {
    this.stft = stft;
    this.batchSizes = batchSizes;
    this.device = device;
  }

  /**
   * Loads every family that has a file and runs each batch size once.
   *
   * @throws ModelBankException if the folder has no model, the models do not fit together, or the
   *     thresholds are wrong
   * @throws ModelFileException if a model file is broken or not supported
   */
  public ModelBank load(Path folder) throws ModelBankException, ModelFileException {
    ModelFolder files = ModelFolder.scan(folder);
    try (OpenModels models = OpenModels.open(files)) {
      Thresholds thresholds = ThresholdFile.read(folder, models.families());
      TensorShape shape = models.input();
      BankInput input = new BankInput(shape.size(0), shape.size(1), stft);
      if (input.bins() != stft.bins()) {
        log.warn(
            "{}: the models take {} bins, the STFT gives {}.", folder, input.bins(), stft.bins());
      }
      ContentDigest.Builder digest = ContentDigest.builder().add(PRECISION).add(stft.toString());
      BankGraph graph = build(models, input, digest);
      BankDescription description =
          new BankDescription(digest.build(), input, thresholds, models.parameters(), batchSizes);
      ModelBank bank = new ModelBank(description, graph);
      new WarmUp(bank).run();
      return bank;
    }
  }

  private BankGraph build(OpenModels models, BankInput input, ContentDigest.Builder digest)
      throws ModelFileException {
    Graph graph = new Graph();
    Session session = new Session(graph, device.sessionConfig());
    boolean complete = false;
    try {
      Ops tf = Ops.create(graph);
      Shape shape = Shape.of(Shape.UNKNOWN_SIZE, input.bins(), input.frames(), 1);
      Operand<TFloat32> batch = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
      Operand<TFloat32> output = addAll(models, session, tf, batch, digest);
      complete = true;
      return new BankGraph(graph, session, batch, output);
    } finally {
      if (!complete) {
        session.close();
        graph.close();
      }
    }
  }

  /**
   * One model after another: each waits for the one before, so that only one holds its activations
   * at a time.
   */
  private Operand<TFloat32> addAll(
      OpenModels models,
      Session session,
      Ops tf,
      Operand<TFloat32> batch,
      ContentDigest.Builder digest)
      throws ModelFileException {
    List<Operand<TFloat32>> answers = new ArrayList<>();
    FamilySet families = models.families();
    Operand<TFloat32> next = batch;
    for (InstrumentFamily family : families) {
      KerasModelFile file = models.get(family);
      digest.add(family.label()).add(file.model().nodes().toString());
      try (ModelWeights weights = new ModelWeights(tf, family.label(), file, digest::add)) {
        ModelGraph graph = new ModelGraph(tf, weights, batchSizes.largest());
        answers.add(graph.add(file.model(), next));
        weights.fill(session);
      }
      next = tf.withControlDependencies(answers.get(answers.size() - 1)).identity(batch);
      log.debug("{}: {} parameters.", family.label(), file.model().parameters());
    }
    return answers.size() == 1 ? answers.get(0) : tf.concat(answers, tf.constant(1));
  }
}
