package dev.tutti.server.schedule;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Parts that several threads use, put through schedules made from seeds: first on one thread, where
 * what others may do between two steps happens in callbacks, so that a seed replays a failure; then
 * on threads that race. Each schedule ends with a look at every promise.
 */
public abstract class ScheduleTest {
  /**
   * Threads that race, and what is true when all have ended.
   *
   * @param programs what each thread does
   * @param end looks at every promise
   */
  public record Racers(List<Runnable> programs, Runnable end) {}

  @Test
  final void stepsInAnyOrderKeepThePromises() {
    Schedules.run(Schedules.FEW, this::stepped);
  }

  @Test
  @Tag("stress")
  final void stepsInVeryManyOrdersKeepThePromises() {
    Schedules.run(Schedules.MANY, this::stepped);
  }

  @Test
  final void threadsThatRaceKeepThePromises() {
    race(Schedules.FEW_RACES);
  }

  @Test
  @Tag("stress")
  final void threadsThatRaceVeryOftenKeepThePromises() {
    race(Schedules.MANY);
  }

  /** One schedule on one thread. */
  protected abstract void stepped(SplittableRandom random);

  /** What is to race in one schedule. */
  protected abstract Racers racers(SplittableRandom random);

  protected static void repeat(int times, Runnable step) {
    for (int i = 0; i < times; i++) {
      step.run();
    }
  }

  private void race(int count) {
    try (Race race = new Race()) {
      Schedules.run(
          count,
          random -> {
            Racers racers = racers(random);
            try {
              race.run(racers.programs);
            } catch (Exception e) {
              throw new AssertionError(e);
            }
            racers.end.run();
          });
    }
  }
}
