package dev.tutti.server.grpc.call;

import dev.tutti.server.error.ServingException;

/**
 * What came from a client: a message, or why it is none.
 *
 * @param message null where it is refused
 * @param bytes its length, uncompressed; zero where it is refused
 * @param refusal null where there is a message
 */
record Received<Q>(Q message, int bytes, ServingException refusal) {
  static <Q> Received<Q> of(Q message, int bytes) {
    return new Received<>(message, bytes, null);
  }

  static <Q> Received<Q> refused(ServingException refusal) {
    return new Received<>(null, 0, refusal);
  }
}
