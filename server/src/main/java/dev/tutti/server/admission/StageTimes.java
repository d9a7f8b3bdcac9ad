package dev.tutti.server.admission;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;

/**
 * Where the time of a piece of work went, in microseconds. Each stage sums what was spent in it,
 * also where parts of the work overlap, such as the notes of a mixture. A caller who joins work
 * that another began finds none of it here. Safe for several threads.
 */
public final class StageTimes {
  /** The way of a sample. */
  public enum Stage {
    /** Waiting for a thread of the DSP pool. */
    DSP_QUEUE,
    /** Decoding, resampling, mixing and transforming. */
    DSP,
    /** Waiting for a worker to have room, across failovers. */
    BATCH_QUEUE,
    /** On the way to the worker and back, and waiting behind its other batches. */
    WORKER_QUEUE,
    /** In the models. */
    WORKER
  }

  private final Map<Stage, Long> micros = new EnumMap<>(Stage.class);

  public void add(Stage stage, long nanos) {
    addMicros(stage, TimeUnit.NANOSECONDS.toMicros(nanos));
  }

  public synchronized void addMicros(Stage stage, long more) {
    micros.merge(stage, more, Long::sum);
  }

  public synchronized long micros(Stage stage) {
    return micros.getOrDefault(stage, 0L);
  }

  /** Such as {@code dsp_queue=12us dsp=830us}, of the stages that were passed through. */
  @Override
  public String toString() {
    StringJoiner text = new StringJoiner(" ");
    for (Stage stage : Stage.values()) {
      if (micros(stage) > 0) {
        text.add(stage.name().toLowerCase(Locale.ROOT) + "=" + micros(stage) + "us");
      }
    }
    return text.toString();
  }
}
