package dev.tutti.server.grpc.call;

import io.grpc.Attributes;
import io.grpc.ServerTransportFilter;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts connections and marks those over the limit, whose calls are then refused with a status.
 */
public final class Connections extends ServerTransportFilter {
  private static final Attributes.Key<Boolean> EXCESS = Attributes.Key.create("excess-connection");

  private final int max;
  private final AtomicInteger open = new AtomicInteger();

  public Connections(int max) {
    this.max = max;
  }

  static boolean isExcess(Attributes connection) {
    return Boolean.TRUE.equals(connection.get(EXCESS));
  }

  @Override
  public Attributes transportReady(Attributes connection) {
    boolean excess = open.incrementAndGet() > max;
    return connection.toBuilder().set(EXCESS, excess).build();
  }

  @Override
  public void transportTerminated(Attributes connection) {
    open.decrementAndGet();
  }
}
