package dev.tutti.server.batching;

import dev.tutti.server.admission.Deadline;
import dev.tutti.server.admission.Lane;
import dev.tutti.server.admission.Pass;
import dev.tutti.server.admission.TestPass;
import dev.tutti.server.schedule.ScheduleTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Samples come, leave and are joined by other callers while time passes and workers answer, fail,
 * crash and end, in orders made from seeds. Whatever the order: each sample gets exactly one
 * outcome and its own, none is lost or hangs, none is given up before the latest deadline of its
 * callers or sent after it, a cancel harms nobody else, and nothing stays in the queue.
 */
class BatcherScheduleTest extends ScheduleTest {
  private static final String[] BANKS = {"a", "b"};

  @Override
  protected void stepped(SplittableRandom random) {
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

  @Override
  protected Racers racers(SplittableRandom random) {
    ScheduledWorkers workers =
        new ScheduledWorkers(new BatchPolicy(3, Duration.ZERO, 2, 1 << 20, Duration.ofSeconds(1)));
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
    return new Racers(programs, workers::end);
  }

  private static void sampleStep(ScheduledWorkers workers, SplittableRandom random) {
    switch (random.nextInt(7)) {
      case 0 -> workers.cancelOne(random);
      case 1 -> workers.joinOne(random, pass(workers, random));
      default -> workers.submit(BANKS[random.nextInt(BANKS.length)], pass(workers, random));
    }
  }

  /** Of a caller that is in a hurry or not, and waits forever, for a while or no longer. */
  private static Pass pass(ScheduledWorkers workers, SplittableRandom random) {
    Deadline deadline =
        random.nextInt(3) > 0
            ? Deadline.NONE
            : Deadline.at(workers.time.nanos() + Duration.ofMillis(random.nextInt(600)).toNanos());
    return TestPass.of(random.nextBoolean() ? Lane.INTERACTIVE : Lane.BATCH, deadline);
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
