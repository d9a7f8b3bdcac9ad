package dev.tutti.server.grpc.call;

import dev.tutti.server.error.ServingException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The calls that are under way and can be ended from outside. */
public final class OpenCalls {
  /** One call. */
  public interface Open {
    /** Ends it with a failure. */
    void refuse(ServingException failure);

    /** Ends it where its client has been silent, or has not read, for too long. */
    void endIfStalled(long nowNanos);
  }

  private final Set<Open> calls = ConcurrentHashMap.newKeySet();

  void add(Open call) {
    calls.add(call);
  }

  void remove(Open call) {
    calls.remove(call);
  }

  public int size() {
    return calls.size();
  }

  public void forEach(Consumer<Open> action) {
    calls.forEach(action);
  }
}
