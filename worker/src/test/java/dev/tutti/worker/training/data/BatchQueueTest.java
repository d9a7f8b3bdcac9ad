package dev.tutti.worker.training.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BatchQueueTest {
  @Test
  void whateverEndsTheMakerReachesTheTaker() throws InterruptedException {
    Error broken = new NoClassDefFoundError("a library that is not there");
    BatchSource source =
        (number, batch) -> {
          if (number == 3) {
            throw broken;
          }
          batch.labels()[0] = (float) number;
        };
    try (BatchQueue queue = new BatchQueue(source, 1, () -> new TrainingBatch(1, 1, 1))) {
      assertEquals(1, queue.take().labels()[0]);
      assertEquals(2, queue.take().labels()[0]);
      Exception failure = assertThrows(IllegalStateException.class, queue::take);
      assertEquals(broken, failure.getCause());
    }
  }
}
