package dev.tutti.worker.golden;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A NumPy file of little-endian float32 numbers. */
public final class NpyFile {
  private static final int HEADER_LENGTH_AT = 8;

  private final ByteBuffer data;

  private NpyFile(ByteBuffer data) {
    this.data = data;
  }

  /** Reads the whole file. */
  public static NpyFile read(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int start = HEADER_LENGTH_AT + Short.BYTES + bytes.getShort(HEADER_LENGTH_AT);
    return new NpyFile(bytes.position(start).slice().order(ByteOrder.LITTLE_ENDIAN));
  }

  /** All numbers in row-major order. */
  public float[] floats() {
    FloatBuffer view = data.duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    float[] floats = new float[view.remaining()];
    view.get(floats);
    return floats;
  }

  /** The bytes, cut into rows of equal length. */
  public List<ByteBuffer> rows(int rowBytes) {
    List<ByteBuffer> rows = new ArrayList<>();
    for (int start = 0; start < data.capacity(); start += rowBytes) {
      rows.add(data.slice(start, rowBytes));
    }
    return rows;
  }
}
