package dev.tutti.worker.training.network;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** The values that variables start with. */
public final class Initialization {
  private Initialization() {}

  /**
   * Kernels are normal with the variance 2 / inputs (He et al., 2015), scales and variances 1,
   * everything else 0; averages start as their weights.
   */
  public static Map<String, float[]> draw(Variables variables, long seed) {
    Map<String, float[]> values = new LinkedHashMap<>();
    RandomGenerator random = new SplittableRandom(seed);
    for (Variables.Variable variable : variables.all()) {
      float[] numbers = new float[variable.size()];
      String name = variable.name();
      boolean weight = !name.startsWith("moment") && !name.startsWith("average/");
      if (weight && name.endsWith("/kernel")) {
        long[] sizes = variable.shape().asArray();
        double inputs = (double) variable.size() / sizes[sizes.length - 1];
        double deviation = Math.sqrt(2 / inputs) * (name.endsWith("out/kernel") ? 0.3 : 1);
        for (int i = 0; i < numbers.length; i++) {
          numbers[i] = (float) (random.nextGaussian() * deviation);
        }
      } else if (weight && (name.endsWith("/gamma") || name.endsWith("/variance"))) {
        Arrays.fill(numbers, 1);
      }
      values.put(name, numbers);
    }
    values.replaceAll(
        (name, numbers) ->
            name.startsWith("average/")
                ? values.get(name.substring("average/".length())).clone()
                : numbers);
    return values;
  }
}
