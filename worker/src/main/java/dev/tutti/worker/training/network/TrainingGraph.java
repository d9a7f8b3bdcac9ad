package dev.tutti.worker.training.network;

import dev.tutti.worker.device.DeviceConfig;
import dev.tutti.worker.graph.NativeBuffer;
import dev.tutti.worker.training.data.BandProjection;
import dev.tutti.worker.training.data.TrainingBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** The graph that trains: all families at once on one batch. For one thread. */
public final class TrainingGraph implements AutoCloseable {
  private static final float SMOOTHING = 0.01f;
  private static final float AVERAGING = 0.999f;

  private final Graph graph = new Graph();
  private final Session session;
  private final Variables variables;
  private final AdamW optimizer;
  private final Placeholder<TFloat32> levels;
  private final Placeholder<TFloat32> labels;
  private final Placeholder<TInt64> seed;
  private final int rows;
  private final int families;
  private final Operand<TFloat32> loss;
  private final List<Op> step = new ArrayList<>();
  private final Operand<TFloat32> probabilities;
  private final TFloat32 levelTensor;
  private final TFloat32 labelTensor;

  /**
   * Builds the graph.
   *
   * @param stage which layers are trained
   * @param batchSize of training and of predicting
   */
  public TrainingGraph(
      NetworkShape shape,
      TrainingStage stage,
      int families,
      int batchSize,
      DeviceConfig device,
      float decay) {
    this.families = families;
    Ops tf = Ops.create(graph);
    variables = new Variables(tf);
    rows = stage.rows();
    Shape levelShape = Shape.of(batchSize, rows, BandProjection.FRAMES, 1);
    Shape labelShape = Shape.of(batchSize, families);
    levels = tf.placeholder(TFloat32.class, Placeholder.shape(levelShape));
    labels = tf.placeholder(TFloat32.class, Placeholder.shape(labelShape));
    levelTensor = TFloat32.tensorOf(levelShape);
    labelTensor = TFloat32.tensorOf(labelShape);

    seed = tf.placeholder(TInt64.class, Placeholder.shape(Shape.of(2)));
    Network trained = new Network(tf, variables, true, seed);
    Network averaged = new Network(tf, variables, false, seed);
    Operand<TFloat32> logits = stage.logits(tf, shape, trained, averaged, levels);
    Operand<TFloat32> targets =
        tf.math.add(tf.math.mul(labels, tf.constant(1 - 2 * SMOOTHING)), tf.constant(SMOOTHING));
    loss = crossEntropy(tf, logits, targets);
    // The derivative of the cross-entropy by the logits; the mean is over the batch alone.
    Operand<TFloat32> slope =
        tf.math.mul(tf.math.sub(tf.math.sigmoid(logits), targets), tf.constant(1f / batchSize));
    Output<?>[] gradients = gradients(trained.trainable(), logits, slope);
    optimizer = new AdamW(tf, decay);
    step.addAll(optimizer.apply(variables, trained.trainable(), gradients));
    step.addAll(trained.updates());
    probabilities =
        tf.math.sigmoid(
            stage.logits(tf, shape, new Network(tf, variables, false, seed), averaged, levels));
    session = new Session(graph, device.sessionConfig());
  }

  private Output<?>[] gradients(
      List<Variables.Variable> trainable, Operand<TFloat32> logits, Operand<TFloat32> slope) {
    Output<?>[] by = trainable.stream().map(v -> v.value().asOutput()).toArray(Output<?>[]::new);
    return graph.addGradients(
        "gradients", new Output<?>[] {logits.asOutput()}, by, new Output<?>[] {slope.asOutput()});
  }

  /** The mean over batch and families, without overflow. */
  private static Operand<TFloat32> crossEntropy(
      Ops tf, Operand<TFloat32> logits, Operand<TFloat32> targets) {
    Operand<TFloat32> each =
        tf.math.add(
            tf.math.sub(tf.nn.relu(logits), tf.math.mul(logits, targets)),
            tf.math.softplus(tf.math.neg(tf.math.abs(logits))));
    return tf.math.mean(each, tf.constant(new int[] {0, 1}));
  }

  public Variables variables() {
    return variables;
  }

  /** A batch to be filled. */
  public TrainingBatch emptyBatch() {
    return new TrainingBatch(Math.toIntExact(levelTensor.shape().get(0)), rows, families);
  }

  public void assign(Map<String, float[]> values) {
    variables.assign(session, values);
  }

  public Map<String, float[]> read() {
    return variables.read(session);
  }

  /**
   * One step; the mean cross-entropy before it.
   *
   * @param number of the step, from 0
   */
  public float step(TrainingBatch batch, long number, double learningRate) {
    NativeBuffer.of(levelTensor).asFloatBuffer().put(batch.levels());
    NativeBuffer.of(labelTensor).asFloatBuffer().put(batch.labels());
    double kept = Math.min(AVERAGING, (number + 1.0) / (number + 10.0));
    try (TInt64 seeds = TInt64.vectorOf(number, 0);
        TFloat32 rate = TFloat32.scalarOf((float) learningRate);
        TFloat32 beta1 = TFloat32.scalarOf((float) Math.pow(AdamW.BETA_1, (double) number + 1));
        TFloat32 beta2 = TFloat32.scalarOf((float) Math.pow(AdamW.BETA_2, (double) number + 1));
        TFloat32 averaging = TFloat32.scalarOf((float) kept)) {
      Session.Runner run =
          session
              .runner()
              .feed(levels, levelTensor)
              .feed(labels, labelTensor)
              .feed(seed, seeds)
              .feed(optimizer.rate(), rate)
              .feed(optimizer.beta1Power(), beta1)
              .feed(optimizer.beta2Power(), beta2)
              .feed(optimizer.averaging(), averaging)
              .fetch(loss);
      step.forEach(run::addTarget);
      try (Result result = run.run()) {
        return ((TFloat32) result.get(0)).getFloat();
      }
    }
  }

  /** The probabilities with the averaged weights: row-major [batch][families]. */
  public float[] predict(float[] batch) {
    NativeBuffer.of(levelTensor).asFloatBuffer().put(batch);
    try (Result result = session.runner().feed(levels, levelTensor).fetch(probabilities).run()) {
      float[] values = new float[Math.toIntExact(result.get(0).shape().size())];
      NativeBuffer.of(result.get(0)).asFloatBuffer().get(values);
      return values;
    }
  }

  @Override
  public void close() {
    session.close();
    graph.close();
    levelTensor.close();
    labelTensor.close();
  }
}
