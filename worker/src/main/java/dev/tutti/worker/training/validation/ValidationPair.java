package dev.tutti.worker.training.validation;

import java.util.function.Function;

/** Evaluates on mixtures of both kinds. */
public record ValidationPair(Validation overlay, Validation wave, int batchSize)
    implements Evaluator {
  @Override
  public Result evaluate(Function<float[], float[]> predict) {
    return new Result(overlay.evaluate(batchSize, predict), wave.evaluate(batchSize, predict));
  }
}
