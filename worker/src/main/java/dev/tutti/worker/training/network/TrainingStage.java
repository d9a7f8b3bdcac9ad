package dev.tutti.worker.training.network;

import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.worker.training.data.BandProjection;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Which layers are trained, and for whom. */
public sealed interface TrainingStage {
  /** Rows of the levels that it takes: bands, or bins. */
  default int rows() {
    return BandProjection.BANDS;
  }

  /** The name of the shared layers' variables. */
  String SHARED = "shared";

  /** The prefix of the layers that the joint stage trains for all families together. */
  String JOINT = "joint";

  /**
   * The logits of all families, [batch, families].
   *
   * @param network builds what the stage trains
   * @param fixed builds what it leaves as it is
   */
  Operand<TFloat32> logits(
      Ops tf, NetworkShape shape, Network network, Network fixed, Operand<TFloat32> levels);

  /** The public notebook's network, of one family. */
  record Notebook(InstrumentFamily family) implements TrainingStage {
    @Override
    public int rows() {
      return BandProjection.BINS;
    }

    @Override
    public Operand<TFloat32> logits(
        Ops tf, NetworkShape shape, Network network, Network fixed, Operand<TFloat32> levels) {
      Operand<TFloat32> value = levels;
      for (int i = 0; i < shape.own().size(); i++) {
        value = network.notebookBlock(family.label() + "/" + i, shape.own().get(i), value);
      }
      return network.notebookHead(family.label(), shape.units(), value);
    }
  }

  /** One network for all families, to learn layers worth sharing. */
  record Joint(int families) implements TrainingStage {
    @Override
    public Operand<TFloat32> logits(
        Ops tf, NetworkShape shape, Network network, Network fixed, Operand<TFloat32> levels) {
      Operand<TFloat32> features = shared(shape, network, levels);
      return own(JOINT, shape, families, network, features);
    }
  }

  /** Each family its own layers on the shared ones, which stay as they are. */
  record Separate(FamilySet families) implements TrainingStage {
    @Override
    public Operand<TFloat32> logits(
        Ops tf, NetworkShape shape, Network network, Network fixed, Operand<TFloat32> levels) {
      Operand<TFloat32> features = shared(shape, fixed, levels);
      List<Operand<TFloat32>> each = new ArrayList<>();
      for (InstrumentFamily family : families) {
        each.add(own(family.label(), shape, 1, network, features));
      }
      return each.size() == 1 ? each.get(0) : tf.concat(each, tf.constant(1));
    }
  }

  private static Operand<TFloat32> shared(
      NetworkShape shape, Network network, Operand<TFloat32> levels) {
    Operand<TFloat32> value = network.front(levels);
    for (int i = 0; i < shape.shared().size(); i++) {
      value = network.block(SHARED + "/" + i, shape.shared().get(i), value);
    }
    return value;
  }

  private static Operand<TFloat32> own(
      String name, NetworkShape shape, int outputs, Network network, Operand<TFloat32> features) {
    Operand<TFloat32> value = features;
    for (int i = 0; i < shape.own().size(); i++) {
      value = network.block(name + "/" + i, shape.own().get(i), value);
    }
    return network.head(name, shape.units(), outputs, value);
  }
}
