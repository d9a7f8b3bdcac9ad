package dev.tutti.core.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/** Reads the reference data under {@code golden/} on the class path. */
public final class GoldenFiles {
  private static final int NPY_HEADER_LENGTH_OFFSET = 8;
  private static final int NPY_HEADER_OFFSET = 10;

  private GoldenFiles() {}

  public static JsonNode json(String path) {
    try {
      return new ObjectMapper().readTree(bytes(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }

  /** A golden file as a real file; only from class folders, not from jars. */
  public static Path path(String path) {
    try {
      return Path.of(GoldenFiles.class.getResource("/golden/" + path).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  public static byte[] bytes(String path) {
    try (InputStream in = GoldenFiles.class.getResourceAsStream("/golden/" + path)) {
      if (in == null) {
        throw new IllegalArgumentException("no golden file " + path);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The numbers of a NumPy v1.0 file of float32 or float64 or of bytes, in C order. */
  public static double[] doubles(String path) {
    ByteBuffer npy = ByteBuffer.wrap(bytes(path)).order(ByteOrder.LITTLE_ENDIAN);
    int start = NPY_HEADER_OFFSET + npy.getShort(NPY_HEADER_LENGTH_OFFSET);
    String header = new String(npy.array(), 0, start, StandardCharsets.ISO_8859_1);
    npy.position(start);
    int width = header.contains("f8") ? Double.BYTES : header.contains("u1") ? 1 : Float.BYTES;
    double[] values = new double[npy.remaining() / width];
    for (int i = 0; i < values.length; i++) {
      values[i] = width == Double.BYTES ? npy.getDouble() : width == 1 ? npy.get() : npy.getFloat();
    }
    return values;
  }

  /** As {@link #doubles}, rounded to float. */
  public static float[] floats(String path) {
    double[] values = doubles(path);
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
