package dev.tutti.worker.grpc;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Where the worker listens. */
public sealed interface ListenAddress {
  /**
   * A Unix domain socket.
   *
   * @param path of the socket file; nothing may lie there yet
   */
  record Unix(Path path) implements ListenAddress {
    /** What fits into {@code sockaddr_un} with its closing zero. */
    private static final int MAX_BYTES = 107;

    /** Checks the length. */
    public Unix {
      if (path.toString().getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
        throw new IllegalArgumentException(
            "a socket path has at most %d bytes: %s".formatted(MAX_BYTES, path));
      }
    }
  }

  /**
   * A TCP socket.
   *
   * @param host name or number of the interface
   * @param port 0 for any free one
   */
  record Tcp(String host, int port) implements ListenAddress {}

  /**
   * Reads {@code unix:PATH} or {@code tcp:HOST:PORT}.
   *
   * @throws IllegalArgumentException for anything else
   */
  static ListenAddress parse(String text) {
    if (text.startsWith("unix:") && text.length() > "unix:".length()) {
      return new Unix(Path.of(text.substring("unix:".length())));
    }
    int colon = text.lastIndexOf(':');
    if (text.startsWith("tcp:") && colon > "tcp:".length()) {
      String port = text.substring(colon + 1);
      if (port.matches("\\d{1,5}") && Integer.parseInt(port) <= 0xFFFF) {
        return new Tcp(text.substring("tcp:".length(), colon), Integer.parseInt(port));
      }
    }
    throw new IllegalArgumentException(
        "'" + text + "' is not an address; accepted: unix:PATH, tcp:HOST:PORT (port 0: any)");
  }
}
