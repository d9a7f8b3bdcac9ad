package dev.tutti.worker.bank;

import dev.tutti.core.content.ContentDigest;
import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.worker.bank.input.BankInput;
import dev.tutti.worker.bank.input.BatchSizes;
import dev.tutti.worker.device.DeviceConfig;
import dev.tutti.worker.graph.FusedGraph;
import dev.tutti.worker.graph.Precision;
import dev.tutti.worker.graph.WeightedModel;
import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.savedmodel.SavedModelFile;
import dev.tutti.worker.savedmodel.SavedModelSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/** Makes one graph of the models of a bank and reads their weights into it. */
final class BankBuilder {
  private static final int MOST_READERS = 4;

  private final BatchSizes batchSizes;
  private final DeviceConfig device;

  BankBuilder(BatchSizes batchSizes, DeviceConfig device) {
    this.batchSizes = batchSizes;
    this.device = device;
  }

  /**
   * A bank that has not run yet.
   *
   * @param models in NSynth id order, to be computed as they are
   */
  ModelBank build(
      BankModels source, Map<InstrumentFamily, WeightedModel> models, Precision precision)
      throws ModelFileException {
    List<BankPart> parts = new ArrayList<>();
    boolean complete = false;
    try {
      if (!models.isEmpty()) {
        parts.add(graph(source, models, precision));
      }
      addSavedModels(source, parts);
      ContentDigest digest = BankDigest.of(precision, source.stft(), models, source.savedModels());
      BankDescription description =
          new BankDescription(
              digest,
              source.input(),
              source.thresholds(),
              source.parameters(),
              batchSizes,
              precision);
      complete = true;
      return new ModelBank(description, parts, device.sessionConfig());
    } finally {
      if (!complete) {
        parts.forEach(BankPart::close);
      }
    }
  }

  private void addSavedModels(BankModels source, List<BankPart> parts) throws ModelFileException {
    for (Map.Entry<InstrumentFamily, SavedModelFile> model : source.savedModels().entrySet()) {
      SavedModelSession session = SavedModelSession.load(model.getValue(), device.sessionConfig());
      parts.add(new SavedModelPart(session, source.families().positionOf(model.getKey())));
    }
  }

  private BankGraph graph(
      BankModels source, Map<InstrumentFamily, WeightedModel> models, Precision precision)
      throws ModelFileException {
    BankInput input = source.input();
    List<Integer> columns =
        models.keySet().stream().map(family -> source.families().positionOf(family)).toList();
    Graph graph = new Graph();
    Session session = new Session(graph, device.sessionConfig());
    boolean complete = false;
    try {
      Ops tf = Ops.create(graph);
      Shape shape = Shape.of(Shape.UNKNOWN_SIZE, input.bins(), input.frames(), 1);
      Operand<TFloat32> batch = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
      int readers = Math.min(MOST_READERS, Runtime.getRuntime().availableProcessors());
      try (FusedGraph fused = new FusedGraph(tf, precision, batchSizes.largest(), batch, readers)) {
        for (Map.Entry<InstrumentFamily, WeightedModel> model : models.entrySet()) {
          fused.add(model.getKey().label(), model.getValue());
        }
        Operand<TFloat32> answers = fused.answers();
        fused.fill(session);
        complete = true;
        return new BankGraph(graph, session, batch, answers, columns);
      }
    } finally {
      if (!complete) {
        session.close();
        graph.close();
      }
    }
  }
}
