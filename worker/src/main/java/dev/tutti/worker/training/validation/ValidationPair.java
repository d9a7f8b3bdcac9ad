package dev.tutti.worker.training.validation;

import java.util.function.Function;

/** Examines on mixtures of both kinds. */
public record ValidationPair(Validation overlay, Validation wave, int batchSize)
    implements Examination {
  @Override
  public Result of(Function<float[], float[]> predict) {
    return new Result(overlay.evaluate(batchSize, predict), wave.evaluate(batchSize, predict));
  }
}
