package dev.tutti.worker;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/**
 * A worker whose work hangs as its one argument says: {@code monitor} (it holds a monitor that
 * draining needs, for ever), {@code loop} (so it does, and computes for ever), {@code starting}
 * (nothing is there to drain yet), or {@code idle}. Says {@code ready} when it is so far.
 */
final class StuckWorkerMain {
  private StuckWorkerMain() {}

  public static void main(String[] args) throws InterruptedException {
    ProcessEnd end = new ProcessEnd();
    end.install();
    ParentWatch.start(System.in, end);
    Object bank = new Object();
    if (!args[0].equals("starting")) {
      end.drainWith(
          () -> {
            synchronized (bank) {
              System.err.println("drained");
            }
          });
    }
    Thread inference = new Thread(() -> work(args[0], bank), "inference");
    inference.setDaemon(true);
    inference.start();
    new CountDownLatch(1).await();
  }

  private static void work(String how, Object bank) {
    boolean holds = how.equals("monitor") || how.equals("loop");
    if (!holds) {
      System.out.println("ready");
      return;
    }
    synchronized (bank) {
      System.out.println("ready");
      while (true) {
        if (how.equals("monitor")) {
          LockSupport.park();
        } else {
          Thread.onSpinWait();
        }
      }
    }
  }
}
