package dev.tutti.client;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.http2.Http2Exception;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Optional;

/** Why a call found no server; gRPC's own words are often just "io exception". */
final class ConnectionFailure {
  private ConnectionFailure() {}

  /** The reason; empty where the call failed otherwise. */
  static Optional<String> reason(StatusRuntimeException failure) {
    boolean unavailable = failure.getStatus().getCode() == Status.Code.UNAVAILABLE;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof Http2Exception && !(cause instanceof Http2Exception.StreamException)) {
        return Optional.of("what listens there does not speak gRPC");
      }
      Optional<String> reason = unavailable ? reasonOf(cause) : Optional.empty();
      if (reason.isPresent()) {
        return reason;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> reasonOf(Throwable cause) {
    if (cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException) {
      return Optional.of("there is no host with this name");
    }
    if (cause instanceof ConnectTimeoutException) {
      return Optional.of("it does not answer");
    }
    if (cause instanceof NoRouteToHostException) {
      return Optional.of("there is no route to this host");
    }
    if (cause instanceof ConnectException) {
      return Optional.of("nothing listens there");
    }
    return Optional.empty();
  }
}
