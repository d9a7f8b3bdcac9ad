package dev.tutti.server.grpc.call;

import io.grpc.Context;
import io.grpc.Metadata;
import java.util.HexFormat;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * The names of requests in logs, here and at its client: what a client sent as {@code
 * x-request-id}, if it is 1 to 64 letters, digits and {@code . _ - : / + =}, or else one made here.
 * It goes back with the answer, in the headers or, where there is no answer, in the trailers.
 */
public final class RequestIds {
  static final Metadata.Key<String> HEADER =
      Metadata.Key.of("x-request-id", Metadata.ASCII_STRING_MARSHALLER);

  static final Context.Key<String> KEY = Context.keyWithDefault("request-id", "unknown");

  private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z0-9._:/+=-]{1,64}");

  private final LongSupplier random;

  /**
   * @param random makes ids of requests without one
   */
  public RequestIds(LongSupplier random) {
    this.random = random;
  }

  /** The id of a request with these headers. */
  String of(Metadata headers) {
    String sent = headers.get(HEADER);
    return sent != null && ACCEPTED.matcher(sent).matches()
        ? sent
        : HexFormat.of().toHexDigits(random.getAsLong());
  }
}
