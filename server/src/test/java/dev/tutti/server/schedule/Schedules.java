package dev.tutti.server.schedule;

import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Many schedules of the same parts, each made from a seed, by which a failure is named. */
public final class Schedules {
  /** For every build. */
  public static final int FEW = 3_000;

  /** For the tests tagged {@code stress}. */
  public static final int MANY = 100_000;

  /** For every build, where threads have to start together. */
  public static final int FEW_RACES = 1_000;

  private Schedules() {}

  public static void run(int count, Consumer<SplittableRandom> schedule) {
    for (int seed = 0; seed < count; seed++) {
      try {
        schedule.accept(new SplittableRandom(seed));
      } catch (Throwable e) {
        throw new AssertionError("The schedule of seed " + seed + " failed: " + e.getMessage(), e);
      }
    }
  }
}
