package dev.tutti.server.dispatch;

import dev.tutti.server.batching.BatchAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Rows that a worker answered.
 *
 * @param rows one row of probabilities a sample
 * @param sessionMicros microseconds in the models
 */
record WorkerRows(List<float[]> rows, long sessionMicros) {
  /** These and then the others, which came later. */
  WorkerRows and(WorkerRows others) {
    List<float[]> all = new ArrayList<>(rows);
    all.addAll(others.rows);
    return new WorkerRows(all, sessionMicros + others.sessionMicros);
  }

  /**
   * @param nanos from the first row's sending to the last one's answer
   */
  BatchAnswer answer(String worker, long nanos) {
    long queue = Math.max(0, TimeUnit.NANOSECONDS.toMicros(nanos) - sessionMicros);
    return new BatchAnswer(rows, worker, queue, sessionMicros);
  }
}
