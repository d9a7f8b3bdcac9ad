package dev.tutti.worker.training.run;

import dev.tutti.worker.training.data.BatchQueue;
import dev.tutti.worker.training.data.BatchSource;
import dev.tutti.worker.training.data.TrainingBatch;
import dev.tutti.worker.training.network.Initialization;
import dev.tutti.worker.training.network.NetworkShape;
import dev.tutti.worker.training.network.TrainingGraph;
import dev.tutti.worker.training.validation.Evaluator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Runs one stage of a training, from the start or from its checkpoint. */
public final class Trainer {
  private final TrainingPlan plan;
  private final NetworkShape shape;
  private final Path folder;
  private final Consumer<TrainingLog.Line> listener;

  /**
   * A trainer.
   *
   * @param folder of checkpoints and the log
   * @param listener told of every evaluation
   */
  public Trainer(
      TrainingPlan plan, NetworkShape shape, Path folder, Consumer<TrainingLog.Line> listener) {
    this.plan = plan;
    this.shape = shape;
    this.folder = folder;
    this.listener = listener;
  }

  /** Where the state is kept. */
  static Path checkpoint(Path folder, String stage) {
    return folder.resolve(stage + ".checkpoint");
  }

  /** Where the variables of the best evaluation are kept. */
  static Path best(Path folder, String stage) {
    return folder.resolve(stage + ".best");
  }

  /**
   * Trains until the plan's end, or until it has long become no better.
   *
   * @param start values that differ from the usual initialization
   * @return the variables of the best evaluation
   */
  public Map<String, float[]> run(
      TrainingGraph graph, BatchSource source, Evaluator evaluator, Map<String, float[]> start)
      throws IOException, InterruptedException {
    Path file = checkpoint(folder, plan.name());
    Checkpoint from = Files.exists(file) ? resumed(file) : fresh(graph, start);
    graph.assign(from.variables());
    long step = from.step();
    long nanos = from.trainedNanos();
    Best best = best(from);
    try (BatchQueue batches = new BatchQueue(source, step, graph::emptyBatch)) {
      while (plan.progress(step, nanos) < 1 && !plan.stale(step, best.step())) {
        double loss = 0;
        double rate = 0;
        int done = 0;
        do {
          long began = System.nanoTime();
          rate = plan.learningRate(step, plan.progress(step, nanos));
          TrainingBatch batch = batches.take();
          loss += graph.step(batch, step, rate);
          batches.giveBack(batch);
          step++;
          done++;
          nanos += System.nanoTime() - began;
        } while (step % plan.evaluateEvery() != 0 && plan.progress(step, nanos) < 1);
        best = evaluate(graph, evaluator, new Position(step, nanos, loss / done, rate), best);
      }
    }
    return Checkpoint.read(best(folder, plan.name())).variables();
  }

  /** The best evaluation so far. */
  private record Best(double value, long step) {}

  private Best best(Checkpoint from) throws IOException {
    return from.bestValue() < 0
        ? new Best(from.bestValue(), from.step())
        : new Best(from.bestValue(), Checkpoint.read(best(folder, plan.name())).step());
  }

  private record Position(long step, long nanos, double loss, double rate) {}

  private Checkpoint resumed(Path file) throws IOException {
    Checkpoint found = Checkpoint.read(file);
    if (!found.plan().equals(plan.identity(shape))) {
      throw new IOException(
          "%s belongs to another training (%s), not to %s"
              .formatted(file, found.plan(), plan.identity(shape)));
    }
    return found;
  }

  private Checkpoint fresh(TrainingGraph graph, Map<String, float[]> start) {
    Map<String, float[]> values =
        new LinkedHashMap<>(Initialization.draw(graph.variables(), plan.seed()));
    start.forEach(values::replace);
    return new Checkpoint(plan.identity(shape), 0, 0, -1, values);
  }

  private Best evaluate(TrainingGraph graph, Evaluator evaluator, Position at, Best best)
      throws IOException {
    Evaluator.Result result = evaluator.evaluate(graph::predict);
    TrainingLog.Line line =
        new TrainingLog.Line(
            plan.name(),
            at.step() * plan.batchSize(),
            at.nanos() / 1e9,
            at.loss(),
            at.rate(),
            result.overlay(),
            result.wave());
    new TrainingLog(folder.resolve("log.jsonl")).add(line);
    listener.accept(line);
    boolean better = result.value() > best.value();
    Best after = better ? new Best(result.value(), at.step()) : best;
    Checkpoint now =
        new Checkpoint(plan.identity(shape), at.step(), at.nanos(), after.value(), graph.read());
    if (better) {
      now.write(best(folder, plan.name()));
    }
    now.write(checkpoint(folder, plan.name()));
    return after;
  }
}
