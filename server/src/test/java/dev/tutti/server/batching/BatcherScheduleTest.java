package dev.tutti.server.batching;

import dev.tutti.server.admission.Lane;
import dev.tutti.server.schedule.Race;
import dev.tutti.server.schedule.Schedules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Samples come, leave and are promoted while workers answer, fail, crash and end, in orders made
 * from seeds. Whatever the order: each sample gets exactly one outcome and its own, none is lost or
 * hangs, a cancel harms nobody else, and nothing stays in the queue.
 */
class BatcherScheduleTest {
  private static final String[] BANKS = {"a", "b"};

  @Test
  void stepsInAnyOrderKeepThePromises() {
    Schedules.run(Schedules.FEW, BatcherScheduleTest::stepped);
  }

  @Test
  @Tag("stress")
  void stepsInVeryManyOrdersKeepThePromises() {
    Schedules.run(Schedules.MANY, BatcherScheduleTest::stepped);
  }

  @Test
  void threadsThatRaceKeepThePromises() {
    race(Schedules.FEW_RACES);
  }

  @Test
  @Tag("stress")
  void threadsThatRaceVeryOftenKeepThePromises() {
    race(Schedules.MANY);
  }

  private static void stepped(SplittableRandom random) {
    ScheduledWorkers workers = new ScheduledWorkers(policy(random));
    // What other threads may do while a batch is being sent.
    SplittableRandom inside = random.split();
    workers.whileSending(() -> sampleStep(workers, inside));
    for (int i = 0; i < 24; i++) {
      switch (random.nextInt(8)) {
        case 0 -> workers.setRoom(random.nextInt(3));
        case 1, 2 -> workers.endOne(random);
        case 3 -> workers.time.advance(Duration.ofMillis(random.nextInt(400)));
        default -> sampleStep(workers, random);
      }
    }
    workers.end();
  }

  private static void race(int count) {
    try (Race race = new Race()) {
      Schedules.run(
          count,
          random -> {
            ScheduledWorkers workers =
                new ScheduledWorkers(
                    new BatchPolicy(3, Duration.ZERO, 2, 1 << 20, Duration.ofSeconds(1)));
            List<Runnable> programs = new ArrayList<>();
            for (int thread = 0; thread < 2; thread++) {
              SplittableRandom own = random.split();
              programs.add(() -> repeat(8, () -> sampleStep(workers, own)));
            }
            SplittableRandom worker = random.split();
            programs.add(
                () ->
                    repeat(
                        8,
                        () -> {
                          if (worker.nextInt(3) == 0) {
                            workers.setRoom(worker.nextInt(3));
                          } else {
                            workers.endOne(worker);
                          }
                        }));
            try {
              race.run(programs);
            } catch (Exception e) {
              throw new AssertionError(e);
            }
            workers.end();
          });
    }
  }

  private static void repeat(int times, Runnable step) {
    for (int i = 0; i < times; i++) {
      step.run();
    }
  }

  private static void sampleStep(ScheduledWorkers workers, SplittableRandom random) {
    switch (random.nextInt(7)) {
      case 0 -> workers.cancelOne(random);
      case 1 -> workers.promoteOne(random);
      default ->
          workers.submit(
              BANKS[random.nextInt(BANKS.length)],
              random.nextBoolean() ? Lane.INTERACTIVE : Lane.BATCH);
    }
  }

  private static BatchPolicy policy(SplittableRandom random) {
    return new BatchPolicy(
        1 + random.nextInt(4),
        Duration.ofMillis(random.nextBoolean() ? 0 : random.nextInt(30)),
        1 + random.nextInt(4),
        8 + random.nextInt(60),
        Duration.ofMillis(100 + random.nextInt(2000)));
  }
}
