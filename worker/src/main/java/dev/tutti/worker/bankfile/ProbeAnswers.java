package dev.tutti.worker.bankfile;

import java.util.List;

/**
 * What the models answer to generated inputs, so that whoever loads a bank can see that it still
 * answers so.
 *
 * @param seed of the inputs
 * @param probabilities [inputs][families], computed in float32 from the models as they came
 */
public record ProbeAnswers(long seed, List<List<Double>> probabilities) {
  /** Keeps its own copy of the numbers. */
  public ProbeAnswers {
    probabilities = probabilities.stream().map(List::copyOf).toList();
  }
}
