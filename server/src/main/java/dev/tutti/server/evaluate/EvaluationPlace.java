package dev.tutti.server.evaluate;

import dev.tutti.server.error.ExpiredException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The place of one evaluation among those that work: given up while its client does nothing, and
 * the whole call ended when that lasts too long. Only on the call's serial executor.
 */
public final class EvaluationPlace {
  private final EvaluationSlots.Slot slot;
  private final Idling idling;
  private final Executor serial;
  private final BooleanSupplier idle;
  private final Consumer<RuntimeException> end;

  /** The next look at whether the client still does nothing; null while there is work. */
  private Future<?> look;

  private long idleSinceNanos;

  /**
   * @param idle whether there is nothing to do until the client does something
   * @param end ends the call
   */
  EvaluationPlace(
      EvaluationSlots.Slot slot,
      Idling idling,
      Executor serial,
      BooleanSupplier idle,
      Consumer<RuntimeException> end) {
    this.slot = slot;
    this.idling = idling;
    this.serial = serial;
    this.idle = idle;
    this.end = end;
  }

  /** Nothing has been asked of the evaluation yet: it needs no place. */
  public void rest() {
    slot.rest();
  }

  /** Runs work that the client asks for, once there is a place. */
  public void work(Runnable task) {
    stopLooking();
    if (slot.works()) {
      task.run();
    } else {
      slot.resume(() -> serial.execute(task));
    }
  }

  /** To be called when work may have run out. */
  public void settle() {
    if (look == null && idle.getAsBoolean()) {
      idleSinceNanos = idling.nanoClock().getAsLong();
      lookAfter(idling.grace().toNanos());
    }
  }

  public void leave() {
    stopLooking();
    slot.leave();
  }

  private void look() {
    if (look == null || !idle.getAsBoolean()) {
      look = null;
      return;
    }
    long silent = idling.nanoClock().getAsLong() - idleSinceNanos;
    long left = idling.timeout().toNanos() - silent;
    if (left > 0) {
      slot.rest();
      lookAfter(left);
      return;
    }
    end.accept(
        new ExpiredException(
            "The client neither sent samples nor read answers for "
                + idling.timeout().toSeconds()
                + " s (setting server.idle-timeout)."));
  }

  private void lookAfter(long nanos) {
    look = idling.after(nanos, () -> serial.execute(this::look));
  }

  private void stopLooking() {
    if (look != null) {
      look.cancel(false);
      look = null;
    }
  }
}
