package dev.tutti.server.grpc.call;

import io.grpc.Metadata;

/** Measures metadata as HTTP/2 does (RFC 9113, 10.5.1). */
final class HeaderSize {
  private static final int OVERHEAD = 32;

  private HeaderSize() {}

  /** Names and values, and 32 bytes for each pair. */
  static long of(Metadata headers) {
    long size = 0;
    for (String name : headers.keys()) {
      if (name.endsWith(Metadata.BINARY_HEADER_SUFFIX)) {
        var key = Metadata.Key.of(name, Metadata.BINARY_BYTE_MARSHALLER);
        for (byte[] value : headers.getAll(key)) {
          size += name.length() + value.length * 4L / 3 + OVERHEAD;
        }
      } else {
        var key = Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
        for (String value : headers.getAll(key)) {
          size += name.length() + value.length() + OVERHEAD;
        }
      }
    }
    return size;
  }
}
