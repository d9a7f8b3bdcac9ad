package dev.tutti.server.grpc.call;

import dev.tutti.server.error.ClientText;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Says in one line, at most every ten seconds, what gRPC's transport says of each bad connection
 * with a stack: a port scanner or a browser must not fill the disk. Attached to gRPC's own loggers
 * from start to close.
 */
public final class ConnectionLog extends Handler {
  private static final long INTERVAL_NANOS = 10_000_000_000L;
  private static final int MAX_LENGTH = 200;

  /** Held here, since the JDK's own hold on loggers is weak. */
  private final Logger transport = Logger.getLogger("io.grpc.netty");

  private final Consumer<String> lines;
  private final LongSupplier nanoClock;
  private boolean said;
  private long saidNanos;
  private long unsaid;

  private ConnectionLog(Consumer<String> lines, LongSupplier nanoClock) {
    this.lines = lines;
    this.nanoClock = nanoClock;
  }

  /**
   * @param lines takes each line
   */
  public static ConnectionLog attach(Consumer<String> lines, LongSupplier nanoClock) {
    ConnectionLog handler = new ConnectionLog(lines, nanoClock);
    handler.transport.setUseParentHandlers(false);
    handler.transport.addHandler(handler);
    return handler;
  }

  @Override
  public void publish(LogRecord record) {
    if (record.getLevel().intValue() < Level.INFO.intValue()) {
      return;
    }
    long others;
    synchronized (this) {
      long now = nanoClock.getAsLong();
      if (said && now - saidNanos < INTERVAL_NANOS) {
        unsaid++;
        return;
      }
      said = true;
      saidNanos = now;
      others = unsaid;
      unsaid = 0;
    }
    Throwable cause = record.getThrown();
    String reason = cause == null ? record.getMessage() : String.valueOf(cause.getMessage());
    lines.accept(
        "A connection failed: "
            + ClientText.printable(reason, MAX_LENGTH)
            + (others == 0 ? "" : " (and " + others + " others since the last line)"));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    transport.removeHandler(this);
  }
}
