package dev.tutti.worker.keras.layer;

import dev.tutti.worker.keras.BrokenModelException;
import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.Place;
import java.nio.FloatBuffer;
import java.util.Set;

/**
 * Refuses variances that no data has. Their square root is NaN, which a ReLU may turn into a 0 that
 * looks sound in every answer.
 */
public final class Variances {
  private static final Set<String> ROLES = Set.of("moving_variance", "variance");

  private Variances() {}

  /**
   * Reads the variances of a model's normalizations; epsilons are positive.
   *
   * @param file of the model, for messages
   * @throws BrokenModelException if one is negative, or cannot be read
   */
  public static void check(KerasModel model, WeightSource source, Place file)
      throws ModelFileException {
    for (WeightTensor weight : model.weights()) {
      if (ROLES.contains(weight.role())) {
        FloatBuffer numbers = source.read(weight);
        for (int i = 0; i < numbers.limit(); i++) {
          if (!(numbers.get(i) >= 0)) {
            throw file.layer(weight.layer())
                .weight(weight.role())
                .broken(
                    "holds %s at index %d; a variance is 0 or more".formatted(numbers.get(i), i));
          }
        }
      }
    }
  }
}
