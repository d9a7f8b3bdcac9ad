package dev.tutti.e2e;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The raw little-endian values of a NumPy file, version 1.0 and C order. */
final class Npy {
  private static final int HEADER_LENGTH_OFFSET = 8;
  private static final int HEADER_OFFSET = 10;

  private Npy() {}

  static ByteString values(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int headerLength =
        Byte.toUnsignedInt(bytes[HEADER_LENGTH_OFFSET])
            | Byte.toUnsignedInt(bytes[HEADER_LENGTH_OFFSET + 1]) << 8;
    int start = HEADER_OFFSET + headerLength;
    return ByteString.copyFrom(bytes, start, bytes.length - start);
  }
}
