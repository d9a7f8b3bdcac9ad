package dev.tutti.server;

import dev.tutti.server.config.InvalidSettingException;
import java.util.Locale;

/**
 * Refuses settings each of which is accepted by itself but which cannot work together, and shows
 * the sum: an evaluation that was let in must not be turned away by its own load, and what is held
 * at most must fit into the heap.
 */
final class ConfigArithmetic {
  /** A sample of 1025 x 126 floats, as the models that came along take them. */
  private static final long SAMPLE_BYTES = 516_600;

  /** Notes of one mixture: one of each family. */
  private static final int MIXTURE_NOTES = 11;

  /** The part of the heap, one in so many, that work itself needs besides what is held for it. */
  private static final int WORKING_SHARE = 8;

  private final GatewayConfig config;

  private ConfigArithmetic(GatewayConfig config) {
    this.config = config;
  }

  /**
   * @param heapBytes what the heap may grow to
   * @throws InvalidSettingException where the settings do not fit together
   */
  static void check(GatewayConfig config, long heapBytes) {
    ConfigArithmetic arithmetic = new ConfigArithmetic(config);
    arithmetic.checkSamples();
    arithmetic.checkNotes();
    arithmetic.checkMessages();
    arithmetic.checkHeap(heapBytes);
  }

  private void checkSamples() {
    long samples = samples();
    int capacity = config.batching().laneCapacity();
    if (samples > capacity) {
      throw new InvalidSettingException(
          text(
              "%s = %,d samples at once, but only batching.max-batch-size x"
                  + " batching.max-enqueued-batches = %,d x %,d = %,d may wait. Lower the former or"
                  + " raise the latter.",
              samplesText(),
              samples,
              config.batching().maxBatchSize(),
              config.batching().maxEnqueuedBatches(),
              capacity));
    }
    if (samples * SAMPLE_BYTES > config.batching().maxEnqueuedBytes()) {
      throw new InvalidSettingException(
          text(
              "%s x %,d bytes of a sample of 1025 x 126 = %,d bytes at once, but only"
                  + " batching.max-enqueued-bytes = %,d may wait. Lower the former or raise the"
                  + " latter.",
              samplesText(),
              SAMPLE_BYTES,
              samples * SAMPLE_BYTES,
              config.batching().maxEnqueuedBytes()));
    }
  }

  private void checkNotes() {
    long notes = samples() * MIXTURE_NOTES;
    if (notes > config.dsp().queueCapacity()) {
      throw new InvalidSettingException(
          text(
              "%s x %d notes of a mixture = %,d notes at once, but only signal.queue-capacity ="
                  + " %,d may wait. Lower the former or raise the latter.",
              samplesText(), MIXTURE_NOTES, notes, config.dsp().queueCapacity()));
    }
  }

  private void checkMessages() {
    int evaluations = config.evaluate().maxConcurrent();
    // One more message is read while there is any room.
    long each = config.evaluate().maxInFlightBytes() + config.server().maxMessageBytes();
    if (evaluations * each > config.dsp().queueBytes()) {
      throw new InvalidSettingException(
          text(
              "evaluate.max-concurrent x (evaluate.max-in-flight-bytes + server.max-message-bytes) ="
                  + " %,d x (%,d + %,d) = %,d bytes at once, but only signal.queue-bytes = %,d may"
                  + " be under way. Lower the former or raise the latter.",
              evaluations,
              config.evaluate().maxInFlightBytes(),
              config.server().maxMessageBytes(),
              evaluations * each,
              config.dsp().queueBytes()));
    }
  }

  private void checkHeap(long heapBytes) {
    long evaluations = config.evaluate().maxConcurrent() * config.evaluate().maxInFlightBytes();
    long lanes = 2 * config.batching().maxEnqueuedBytes();
    long sum =
        config.cache().spectrogramBytes()
            + config.cache().probabilityBytes()
            + config.server().maxInFlightBytes()
            + lanes
            + evaluations;
    long accepted = heapBytes - heapBytes / WORKING_SHARE;
    if (sum > accepted) {
      throw new InvalidSettingException(
          text(
              "cache.spectrogram-bytes + cache.probability-bytes + server.max-in-flight-bytes + 2 x"
                  + " batching.max-enqueued-bytes + evaluate.max-concurrent x"
                  + " evaluate.max-in-flight-bytes = %,d + %,d + %,d + %,d + %,d = %,d bytes, but"
                  + " the heap of %,d has room for %,d of them. Lower one of them, or give the"
                  + " server more heap (TUTTI_SERVE_HEAP).",
              config.cache().spectrogramBytes(),
              config.cache().probabilityBytes(),
              config.server().maxInFlightBytes(),
              lanes,
              evaluations,
              sum,
              heapBytes,
              accepted));
    }
  }

  private long samples() {
    return (long) config.evaluate().maxInFlight() * config.evaluate().maxConcurrent();
  }

  private String samplesText() {
    return text(
        "evaluate.max-in-flight x evaluate.max-concurrent = %,d x %,d",
        config.evaluate().maxInFlight(), config.evaluate().maxConcurrent());
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
