package dev.tutti.server.supervision;

import io.grpc.SynchronizationContext;
import java.time.Duration;
import java.util.function.Consumer;

/** The health probes of one worker, on its serial context; counts those missed in a row. */
final class Probing {
  private final SynchronizationContext context;
  private final WorkerProbe.Factory probes;
  private final Duration timeout;

  /** Null while there is nobody to ask. */
  private WorkerProbe probe;

  private int missed;

  /**
   * @param timeout a probe that takes longer counts as missed
   */
  Probing(SynchronizationContext context, WorkerProbe.Factory probes, Duration timeout) {
    this.context = context;
    this.probes = probes;
    this.timeout = timeout;
  }

  void open(WorkerAddress address) {
    missed = 0;
    probe = probes.open(address);
  }

  boolean isOpen() {
    return probe != null;
  }

  int missed() {
    return missed;
  }

  /** Asks once whether it serves. Nobody hears of an answer that comes after {@link #close}. */
  void ask(Consumer<Boolean> onAnswer) {
    WorkerProbe asked = probe;
    if (asked != null) {
      asked
          .check(timeout)
          .thenAccept(serving -> context.execute(() -> onAnswer(asked, serving, onAnswer)));
    }
  }

  void close() {
    if (probe != null) {
      probe.close();
      probe = null;
    }
  }

  private void onAnswer(WorkerProbe asked, boolean serving, Consumer<Boolean> onAnswer) {
    if (asked == probe) {
      missed = serving ? 0 : missed + 1;
      onAnswer.accept(serving);
    }
  }
}
