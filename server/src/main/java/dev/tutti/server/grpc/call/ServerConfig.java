package dev.tutti.server.grpc.call;

import static dev.tutti.server.config.InvalidSettingException.check;

import dev.tutti.server.config.ConfigSource;
import java.time.Duration;

/**
 * The public endpoint.
 *
 * @param host the address to listen on
 * @param port the port; 0 takes any free one
 * @param maxMessageBytes the largest message that is accepted
 * @param maxInFlightBytes what the messages of all calls under way may weigh together
 * @param maxConnections connections at once; the calls of more are turned away
 * @param maxCalls calls at once; more are turned away
 * @param idleTimeout how long a client may neither send what is waited for nor read what it is sent
 * @param threads threads that run the endpoints' short, never blocking code
 * @param admin who may call what changes the server
 * @param drainTimeout what calls under way get to finish when the gateway stops
 */
public record ServerConfig(
    String host,
    int port,
    int maxMessageBytes,
    long maxInFlightBytes,
    int maxConnections,
    int maxCalls,
    Duration idleTimeout,
    int threads,
    AdminAccess admin,
    Duration drainTimeout) {
  /** However large the heap: what arrives takes direct memory, too, which does not grow with it. */
  private static final long DEFAULT_MAX_IN_FLIGHT_BYTES = 256L << 20;

  public ServerConfig {
    check(port >= 0 && port <= 65_535, "server.port", port, "0 to 65535");
    check(
        maxMessageBytes >= 1 << 20 && maxMessageBytes <= 512 << 20,
        "server.max-message-bytes",
        maxMessageBytes,
        "1m to 512m");
    check(
        maxInFlightBytes >= maxMessageBytes,
        "server.max-in-flight-bytes",
        maxInFlightBytes,
        "server.max-message-bytes or more");
    check(maxConnections >= 1, "server.max-connections", maxConnections, "1 or more");
    check(maxCalls >= 1, "server.max-calls", maxCalls, "1 or more");
    check(
        idleTimeout.compareTo(Duration.ofSeconds(1)) >= 0,
        "server.idle-timeout",
        idleTimeout,
        "one second or more");
    check(threads >= 1, "server.threads", threads, "1 or more");
    check(!drainTimeout.isNegative(), "server.drain-timeout", drainTimeout, "zero or more");
  }

  /**
   * @param heapBytes the heap that the defaults are shares of
   */
  public static ServerConfig from(ConfigSource source, long heapBytes) {
    return new ServerConfig(
        source.text("server.host", "127.0.0.1"),
        source.integer("server.port", 50_051),
        Math.toIntExact(source.bytes("server.max-message-bytes", 16L << 20)),
        source.bytes(
            "server.max-in-flight-bytes", Math.min(heapBytes / 8, DEFAULT_MAX_IN_FLIGHT_BYTES)),
        source.integer("server.max-connections", 256),
        source.integer("server.max-calls", 4096),
        source.duration("server.idle-timeout", Duration.ofMinutes(1)),
        source.integer("server.threads", Math.max(4, Runtime.getRuntime().availableProcessors())),
        source.choice("server.admin", AdminAccess.LOCAL),
        source.duration("server.drain-timeout", Duration.ofSeconds(20)));
  }
}
