package dev.tutti.worker.bankfile;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the models answer to generated inputs, so that whoever loads a bank can see that it still
 * answers so.
 *
 * @param seed of the inputs
 * @param probabilities [{@value #INPUTS}][families], computed in float32 from the models as they
 *     came
 * @param rounded the same in bfloat16, where whoever made the bank could compute it
 */
public record ProbeAnswers(
    long seed, List<List<Double>> probabilities, Optional<List<List<Double>>> rounded) {
  /** How many inputs there are. */
  public static final int INPUTS = 8;

  /**
   * Keeps its own copy of the numbers.
   *
   * @throws IllegalArgumentException where there are fewer or more inputs, or no probabilities
   */
  public ProbeAnswers {
    probabilities = checked(probabilities);
    rounded = rounded.map(ProbeAnswers::checked);
  }

  /** Without answers in bfloat16. */
  public ProbeAnswers(long seed, List<List<Double>> probabilities) {
    this(seed, probabilities, Optional.empty());
  }

  /** With these answers in bfloat16. */
  public ProbeAnswers withRounded(List<List<Double>> answers) {
    return new ProbeAnswers(seed, probabilities, Optional.of(answers));
  }

  /** Whether every input has one probability for each of so many families. */
  boolean isOf(int families) {
    return Stream.concat(probabilities.stream(), rounded.stream().flatMap(List::stream))
        .allMatch(row -> row.size() == families);
  }

  private static List<List<Double>> checked(List<List<Double>> answers) {
    if (answers.size() != INPUTS) {
      throw new IllegalArgumentException(
          "there must be %d probes, not %d".formatted(INPUTS, answers.size()));
    }
    if (answers.stream().flatMap(List::stream).anyMatch(p -> !(p >= 0 && p <= 1))) {
      throw new IllegalArgumentException("the answers to probes must be probabilities");
    }
    return answers.stream().map(List::copyOf).toList();
  }
}
