package dev.tutti.server.async;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was opened, to be closed in reverse. Closing ends in bounded time and says what it dropped:
 * one that fails to close, or takes too long, does not keep the others. Safe for several threads.
 */
public final class Closeables implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Closeables.class);

  /** How to close one thing. */
  public interface Closer<T> {
    /** May be interrupted when it takes too long. */
    void close(T resource) throws Exception;
  }

  private record Entry(String name, Duration limit, AutoCloseable resource) {}

  private final Duration limit;
  private final Consumer<String> dropped;
  private final Deque<Entry> entries = new ArrayDeque<>();
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private boolean closed;

  /**
   * @param limit what each thing gets to close in, where nothing else is said of it
   * @param dropped hears in a sentence of each thing that was left behind or lost work
   */
  public Closeables(Duration limit, Consumer<String> dropped) {
    this.limit = limit;
    this.dropped = dropped;
  }

  /**
   * @throws IllegalStateException after closing has begun; the thing is closed then
   */
  public <T extends AutoCloseable> T add(String name, T resource) {
    return add(name, resource, limit, AutoCloseable::close);
  }

  /** The same for an executor: what waits in its queue is dropped, what runs may end. */
  public <T extends ExecutorService> T addExecutor(String name, T executor) {
    return add(name, executor, limit, it -> shutDown(name, it));
  }

  /** The same with a limit and a way to close of its own. */
  public <T> T add(String name, T resource, Duration ownLimit, Closer<T> closer) {
    Entry entry = new Entry(name, ownLimit, () -> closer.close(resource));
    synchronized (this) {
      if (!closed) {
        entries.push(entry);
        return resource;
      }
    }
    close(entry);
    throw new IllegalStateException(
        "The " + name + " came after everything was closed, and was closed at once.");
  }

  /** Closes everything, once; whoever asks again waits until that is done. */
  @Override
  public void close() {
    if (!begin()) {
      done.join();
      return;
    }
    try {
      // Nobody adds to them any more.
      entries.forEach(this::close);
    } finally {
      done.complete(null);
    }
  }

  private synchronized boolean begin() {
    boolean first = !closed;
    closed = true;
    return first;
  }

  private void close(Entry entry) {
    FutureTask<Void> closing =
        new FutureTask<>(
            () -> {
              entry.resource().close();
              return null;
            });
    Thread thread = new Thread(closing, "close-" + entry.name().replace(' ', '-'));
    thread.setDaemon(true);
    try {
      thread.start();
      closing.get(TimeUnit.NANOSECONDS.convert(entry.limit()), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      log.warn("Closing the {} failed", entry.name(), e.getCause());
      dropped.accept("The " + entry.name() + " failed to close: " + e.getCause().getMessage());
    } catch (TimeoutException e) {
      closing.cancel(true);
      dropped.accept(
          "The %s did not close within %d ms and is left behind."
              .formatted(entry.name(), entry.limit().toMillis()));
    } catch (InterruptedException e) {
      // Whoever closes is in a hurry: the rest is closed without being waited for.
      Thread.currentThread().interrupt();
      dropped.accept("The " + entry.name() + " was not waited for while it closed.");
    } catch (RuntimeException | Error e) {
      // No thread to be had, above all: what comes next is closed all the same.
      log.warn("Closing the {} failed", entry.name(), e);
      dropped.accept("The " + entry.name() + " could not be closed: " + e.getMessage());
    }
  }

  private void shutDown(String name, ExecutorService executor) throws InterruptedException {
    int waiting = executor.shutdownNow().size();
    if (waiting > 0) {
      dropped.accept("The %s dropped %d tasks that had not begun.".formatted(name, waiting));
    }
    executor.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
  }
}
