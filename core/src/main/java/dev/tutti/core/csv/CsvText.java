package dev.tutti.core.csv;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells the encoding of a text by its first bytes. */
final class CsvText {
  private static final int LONGEST_MARK = 3;

  private CsvText() {}

  /** Opens a text behind its byte order mark. What cannot be decoded is an exception later on. */
  static BufferedReader open(Path file) throws IOException {
    InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
    try {
      bytes.mark(LONGEST_MARK);
      byte[] first = bytes.readNBytes(LONGEST_MARK);
      bytes.reset();
      Charset charset = StandardCharsets.UTF_8;
      if (startsWith(first, 0xEF, 0xBB, 0xBF)) {
        bytes.skipNBytes(3);
      } else if (startsWith(first, 0xFF, 0xFE)) {
        charset = StandardCharsets.UTF_16LE;
        bytes.skipNBytes(2);
      } else if (startsWith(first, 0xFE, 0xFF)) {
        charset = StandardCharsets.UTF_16BE;
        bytes.skipNBytes(2);
      } else if (first.length > 1 && (first[0] == 0 || first[1] == 0)) {
        throw new CsvException(
            "looks like UTF-16 without a byte order mark; accepted are UTF-8, and UTF-16 with one");
      }
      return new BufferedReader(new InputStreamReader(bytes, charset.newDecoder()));
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
  }

  private static boolean startsWith(byte[] bytes, int... mark) {
    for (int i = 0; i < mark.length; i++) {
      if (i >= bytes.length || (bytes[i] & 0xFF) != mark[i]) {
        return false;
      }
    }
    return true;
  }
}
