package dev.tutti.worker.training.network;

import dev.tutti.core.label.FamilySet;
import dev.tutti.core.label.InstrumentFamily;
import java.util.HashMap;
import java.util.Map;

/**
 * What the separate stage starts from: the joint stage's averaged weights, copied to each family.
 */
public final class SeparateStart {
  private static final String AVERAGE = "average/";

  private SeparateStart() {}

  /**
   * The first values of the separate stage's variables.
   *
   * @param joint variables at the end of the joint stage
   */
  public static Map<String, float[]> of(FamilySet families, Map<String, float[]> joint) {
    Map<String, float[]> start = new HashMap<>();
    String own = TrainingStage.JOINT + "/";
    joint.forEach(
        (name, values) -> {
          if (name.startsWith("moment")) {
            return;
          }
          String plain = name.startsWith(AVERAGE) ? name.substring(AVERAGE.length()) : name;
          boolean statistic = plain.endsWith("/mean") || plain.endsWith("/variance");
          if (!statistic && !name.startsWith(AVERAGE)) {
            return;
          }
          if (plain.startsWith(TrainingStage.SHARED + "/")) {
            start.put(name, values);
          } else if (plain.startsWith(own)) {
            for (InstrumentFamily family : families) {
              float[] part =
                  plain.contains("/out/")
                      ? column(values, families.positionOf(family), families.size())
                      : values;
              String copy = family.label() + "/" + plain.substring(own.length());
              start.put(copy, part);
              if (!statistic) {
                start.put(AVERAGE + copy, part);
              }
            }
          }
        });
    return start;
  }

  private static float[] column(float[] matrix, int column, int width) {
    float[] values = new float[matrix.length / width];
    for (int i = 0; i < values.length; i++) {
      values[i] = matrix[i * width + column];
    }
    return values;
  }
}
