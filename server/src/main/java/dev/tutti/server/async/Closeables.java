package dev.tutti.server.async;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was opened, to be closed in reverse; one that fails to close does not keep the others. */
public final class Closeables implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Closeables.class);

  /** How to close one thing. */
  public interface Closer<T> {
    void close(T resource) throws Exception;
  }

  private record Entry(String name, AutoCloseable resource) {}

  private final Deque<Entry> entries = new ArrayDeque<>();

  public synchronized <T extends AutoCloseable> T add(String name, T resource) {
    entries.push(new Entry(name, resource));
    return resource;
  }

  public synchronized <T extends ExecutorService> T addExecutor(String name, T executor) {
    entries.push(new Entry(name, executor::shutdownNow));
    return executor;
  }

  public synchronized <T> T add(String name, T resource, Closer<T> closer) {
    entries.push(new Entry(name, () -> closer.close(resource)));
    return resource;
  }

  @Override
  public synchronized void close() {
    while (!entries.isEmpty()) {
      Entry entry = entries.pop();
      try {
        entry.resource().close();
      } catch (Exception e) {
        log.warn("Closing the {} failed", entry.name(), e);
      }
    }
  }
}
