package dev.tutti.worker.bench;

import dev.tutti.worker.bankfile.BankSource;
import dev.tutti.worker.device.DeviceConfig;
import dev.tutti.worker.graph.PlainModel;
import dev.tutti.worker.graph.WeightedModel;
import dev.tutti.worker.keras.ModelFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The models of a bank as they are, one session each, one sample after another. */
final class SingleModels implements AutoCloseable {
  private final List<PlainModel> models = new ArrayList<>();
  private final float[] sample;

  SingleModels(BankSource source, DeviceConfig device) throws ModelFileException {
    boolean complete = false;
    try {
      for (WeightedModel model : source.models().values()) {
        models.add(PlainModel.load(model.model(), model.weights(), 1, device.sessionConfig()));
      }
      complete = true;
    } finally {
      if (!complete) {
        close();
      }
    }
    WeightedModel first = source.models().values().iterator().next();
    sample = new float[Math.toIntExact(first.model().input().elements())];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < sample.length; i++) {
      sample[i] = (float) random.nextDouble(-80, 0);
    }
    cpuMillis();
  }

  /** The processor time of one sample through all models. */
  double cpuMillis() {
    return CpuClock.millis(() -> models.forEach(model -> model.run(sample)));
  }

  @Override
  public void close() {
    models.forEach(PlainModel::close);
  }
}
