package dev.tutti.server.async;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears of every thread that dies of an exception. What it did, nobody does any more, so health
 * must not stay green.
 */
public final class ThreadDeaths implements Thread.UncaughtExceptionHandler {
  private static final Logger log = LoggerFactory.getLogger(ThreadDeaths.class);

  private Runnable alarm = () -> {};
  private boolean died;

  /**
   * @param alarm run at each death, and at once where there was one
   */
  public synchronized void onDeath(Runnable alarm) {
    this.alarm = alarm;
    if (died) {
      alarm.run();
    }
  }

  @Override
  public void uncaughtException(Thread thread, Throwable cause) {
    log.error(
        "Thread {} died, which must not happen: health is NOT_SERVING until the gateway is"
            + " restarted",
        thread.getName(),
        cause);
    synchronized (this) {
      died = true;
      alarm.run();
    }
  }
}
