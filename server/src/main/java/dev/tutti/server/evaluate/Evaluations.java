package dev.tutti.server.evaluate;

import dev.tutti.server.admission.Deadline;
import dev.tutti.server.bank.Outlook;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Begins evaluations, within the limits of all of them. */
public final class Evaluations {
  private final EvaluationConfig config;
  private final EvaluationSlots slots;
  private final Supplier<Executor> serialExecutors;
  private final Idling idling;
  private final Outlook outlook;
  private final Clock clock;

  /**
   * @param serialExecutors makes an executor that runs one task at a time, in order
   * @param idling when an evaluation whose client does nothing loses its place, and its call
   * @param outlook whether its samples can be answered in time
   */
  public Evaluations(
      EvaluationConfig config,
      Supplier<Executor> serialExecutors,
      Idling idling,
      Outlook outlook,
      Clock clock) {
    this.config = config;
    this.slots = new EvaluationSlots(config.maxConcurrent(), config.maxOpenPerPeer());
    this.serialExecutors = serialExecutors;
    this.idling = idling;
    this.outlook = outlook;
    this.clock = clock;
  }

  /** Where all of one evaluation's state lives: one task at a time, in order. */
  public Executor newSerialExecutor() {
    return serialExecutors.get();
  }

  /**
   * Takes a place.
   *
   * @param peer whose evaluation it is
   * @param idle whether there is nothing to do until the client does something
   * @param end ends the call
   * @throws dev.tutti.server.error.OverloadedException when all are taken, or the client has too
   *     many already
   */
  public EvaluationPlace enter(
      String peer, Executor serial, BooleanSupplier idle, Consumer<RuntimeException> end) {
    return new EvaluationPlace(slots.enter(peer), idling, serial, idle, end);
  }

  /**
   * Begins to score.
   *
   * @param deadline when nobody waits any more: a sample that no worker can answer before it fails
   *     at once
   */
  public EvaluationSession begin(
      ScoringOptions options, Deadline deadline, EvaluationListener listener, Executor serial) {
    String bank = options.bank().digest();
    return new EvaluationSession(
        options, config, work -> outlook.inTime(work, bank, deadline), listener, serial, clock);
  }
}
