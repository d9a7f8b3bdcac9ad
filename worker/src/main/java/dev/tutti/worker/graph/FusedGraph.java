package dev.tutti.worker.graph;

import dev.tutti.worker.graph.SharedNodes.Computation;
import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.layer.KerasLayer;
import dev.tutti.worker.keras.layer.KerasModel;
import dev.tutti.worker.keras.layer.KerasNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/**
 * Several models of one input as one graph. What models have in common is computed once. The models
 * run one after another, so that only one has its activations in memory at a time.
 */
public final class FusedGraph implements AutoCloseable {
  private final Ops tf;
  private final Precision precision;
  private final int rows;
  private final Operand<TFloat32> input;
  private final SharedNodes computations = new SharedNodes();
  private final Map<Computation, Operand<? extends TFloating>> values = new HashMap<>();
  private final List<ModelWeights> weights = new ArrayList<>();
  private final ParallelReading reading;
  private final List<Operand<TFloat32>> answers = new ArrayList<>();

  /**
   * A graph without models.
   *
   * @param rows of every vector; the largest batch size that will be fed
   * @param input [batch, …], what all models read
   * @param readers threads that read weights
   */
  public FusedGraph(Ops tf, Precision precision, int rows, Operand<TFloat32> input, int readers) {
    this.tf = tf;
    this.precision = precision;
    this.rows = rows;
    this.input = input;
    this.reading = new ParallelReading(readers);
  }

  /**
   * Adds a model of one number a sample. Its weights are read while the next model is added.
   *
   * @param name of the model's variables
   * @throws ModelFileException if a weight cannot be read
   */
  public void add(String name, WeightedModel model) throws ModelFileException {
    ModelWeights own = new ModelWeights(tf, name, model.reader());
    weights.add(own);
    answers.add(new Walk(model.model(), own).run());
    reading.start(own.slots());
  }

  /** [rows, models]: the answers, in the order in which the models were added. */
  public Operand<TFloat32> answers() {
    return answers.size() == 1 ? answers.get(0) : tf.concat(answers, tf.constant(1));
  }

  /**
   * Waits until all weights are read, and gives them to their variables.
   *
   * @throws ModelFileException if a weight cannot be read
   */
  public void fill(Session session) throws ModelFileException {
    reading.await();
    ModelWeights.assign(session, weights);
  }

  @Override
  public void close() {
    reading.close();
    weights.forEach(ModelWeights::close);
  }

  /** The way through one model. */
  private final class Walk {
    private final KerasModel model;
    private final ModelWeights own;
    private final ModelGraph exact;
    private final RoundedLayers rounded;
    private final GraphRows batch = new GraphRows(tf, rows, input);
    private final Map<String, Computation> known = new HashMap<>();
    private final Map<Computation, Operand<? extends TFloating>> entered = new HashMap<>();
    private final KerasNode lastDense;

    Walk(KerasModel model, ModelWeights own) {
      this.model = model;
      this.own = own;
      exact = new ModelGraph(tf, own, rows);
      rounded = new RoundedLayers(tf, own);
      lastDense =
          model.nodes().stream()
              .filter(node -> node.layer() instanceof KerasLayer.Dense)
              .reduce((before, last) -> last)
              .orElse(null);
    }

    Operand<TFloat32> run() throws ModelFileException {
      Computation last = null;
      for (KerasNode node : model.nodes()) {
        List<Computation> inputs = node.inputs().stream().map(known::get).toList();
        last = computations.of(node.layer(), own.reader(), inputs);
        known.put(node.name(), last);
        if (inputs.isEmpty()) {
          entered.put(last, gated(input));
        } else if (!values.containsKey(last)) {
          Operand<? extends TFloating> value = add(node, inputs);
          values.put(last, value);
          entered.put(last, value);
        }
      }
      return exact(valueOf(last));
    }

    private Operand<? extends TFloating> add(KerasNode node, List<Computation> inputs)
        throws ModelFileException {
      Operand<? extends TFloating> first = valueOf(inputs.get(0));
      if (rounds(node, first)) {
        boolean vector = first.shape().numDimensions() == 2;
        return batch.settle(rounded.add(node.layer(), rounded(first), batch), vector);
      }
      List<Operand<TFloat32>> operands =
          inputs.stream().map(input -> exact(valueOf(input))).toList();
      return exact.add(node, operands, batch);
    }

    private boolean rounds(KerasNode node, Operand<? extends TFloating> input) {
      if (precision == Precision.FLOAT32 || node.inputs().size() > 1 || node.equals(lastDense)) {
        return false;
      }
      return input.type() == TBfloat16.class
          ? RoundedLayers.bears(node)
          : RoundedLayers.gains(node);
    }

    /** The value of a node; one from an earlier model is taken when that model is through. */
    private Operand<? extends TFloating> valueOf(Computation computation) {
      return entered.computeIfAbsent(computation, other -> gated(values.get(other)));
    }

    private <T extends TFloating> Operand<T> gated(Operand<T> value) {
      return answers.isEmpty()
          ? value
          : tf.withControlDependencies(answers.get(answers.size() - 1)).identity(value);
    }

    private Operand<TFloat32> exact(Operand<? extends TFloating> value) {
      return as(TFloat32.class, value);
    }

    private Operand<TBfloat16> rounded(Operand<? extends TFloating> value) {
      return as(TBfloat16.class, value);
    }

    @SuppressWarnings("unchecked") // The type was asked for.
    private <T extends TFloating> Operand<T> as(Class<T> type, Operand<? extends TFloating> value) {
      return value.type() == type ? (Operand<T>) value : tf.dtypes.cast(value, type);
    }
  }
}
