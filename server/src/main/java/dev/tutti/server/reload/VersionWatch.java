package dev.tutti.server.reload;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reloads when the models on disk have changed and then stayed as they are from one look to the
 * next, so that files which are still being copied are left untouched. What was refused is not
 * tried again before it changes.
 */
public final class VersionWatch {
  private static final Logger log = LoggerFactory.getLogger(VersionWatch.class);

  private final VersionFolder folder;
  private final Duration interval;
  private final BooleanSupplier reload;
  private final ScheduledExecutorService scheduler;
  private final Executor files;

  // Only on the files executor, one look at a time.
  private String handled;
  private String lastSeen;

  /**
   * @param reload starts a reload and returns at once; false when that cannot be done now
   * @param files where slow access to files runs
   */
  public VersionWatch(
      VersionFolder folder,
      Duration interval,
      BooleanSupplier reload,
      ScheduledExecutorService scheduler,
      Executor files) {
    this.folder = folder;
    this.interval = interval;
    this.reload = reload;
    this.scheduler = scheduler;
    this.files = files;
  }

  /** Begins to look; what is there now is taken as served. */
  public void start() {
    files.execute(
        () -> {
          try {
            handled = signature();
            lastSeen = handled;
          } finally {
            later();
          }
        });
  }

  private void look() {
    try {
      String seen = signature();
      if (!seen.equals(handled) && seen.equals(lastSeen)) {
        handled = reload.getAsBoolean() ? seen : handled;
      }
      lastSeen = seen;
    } catch (RuntimeException e) {
      log.error("Looking for newer models failed; it is done again in {}", interval, e);
    } finally {
      later();
    }
  }

  private void later() {
    if (!scheduler.isShutdown()) {
      scheduler.schedule(this::lookOnFiles, interval.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private void lookOnFiles() {
    try {
      files.execute(this::look);
    } catch (RejectedExecutionException e) {
      // Either the gateway is closing, or files have much to do: there is a next time.
      later();
    }
  }

  private String signature() {
    try {
      return folder.signature();
    } catch (IOException e) {
      log.warn("The models on disk cannot be looked at: {}", e.toString());
      return handled == null ? "" : handled;
    }
  }
}
