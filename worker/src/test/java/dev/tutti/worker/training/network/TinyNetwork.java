package dev.tutti.worker.training.network;

import dev.tutti.worker.device.DeviceConfig;
import dev.tutti.worker.training.data.SyntheticNotes;
import java.util.List;
import java.util.Optional;

/** A network that trains in seconds. */
public final class TinyNetwork {
  /** Examples a step. */
  public static final int BATCH = 8;

  /** One layer that the families share, one of their own. */
  public static final NetworkShape SHAPE =
      new NetworkShape(
          List.of(new NetworkShape.Block(4, 3, 7, 2, 8)),
          List.of(new NetworkShape.Block(6, 3, 3, 4, 2)),
          4);

  private TinyNetwork() {}

  /** The graph that trains it. */
  public static TrainingGraph graph(TrainingStage stage) {
    return new TrainingGraph(
        SHAPE,
        stage,
        SyntheticNotes.FAMILIES.size(),
        BATCH,
        new DeviceConfig(1, 1, Optional.empty()),
        0.05f);
  }
}
