package dev.tutti.server.supervision;

import io.netty.channel.unix.DomainSocketAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/**
 * Where a worker listens.
 *
 * @param text {@code unix:/path} or {@code host:port}
 */
public record WorkerAddress(String text) {
  private static final String UNIX = "unix:";
  private static final int MAX_PORT = 65_535;

  public WorkerAddress {
    boolean unix = text.startsWith(UNIX) && text.length() > UNIX.length();
    if (!unix && !isHostAndPort(text)) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a worker address; it must be unix:/path or host:port.");
    }
  }

  public boolean isUnix() {
    return text.startsWith(UNIX);
  }

  SocketAddress toSocketAddress() {
    if (isUnix()) {
      return new DomainSocketAddress(text.substring(UNIX.length()));
    }
    int colon = text.lastIndexOf(':');
    return new InetSocketAddress(
        text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
  }

  private static boolean isHostAndPort(String text) {
    return !text.startsWith(UNIX)
        && text.matches("[^:]+:\\d{1,5}")
        && Integer.parseInt(text.substring(text.indexOf(':') + 1)) <= MAX_PORT;
  }

  @Override
  public String toString() {
    return text;
  }
}
