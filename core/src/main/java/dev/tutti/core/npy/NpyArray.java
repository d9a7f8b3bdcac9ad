package dev.tutti.core.npy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * An array of numbers from a {@code .npy} file (NumPy Enhancement Proposal 1, format versions 1 to
 * 3), or for one. Numbers are doubles here whatever they are in the file.
 *
 * @param shape sizes of the dimensions
 * @param values in C order: the last index moves fastest
 */
@SuppressWarnings("ArrayRecordComponent") // a block of numbers, handed over and not copied
public record NpyArray(List<Integer> shape, double[] values) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int PREFIX = 8;
  private static final int MAX_HEADER = 1 << 16;
  private static final int CHUNK = 1 << 16;

  /**
   * Checks that there are as many values as the shape says.
   *
   * @throws IllegalArgumentException where there are not
   */
  public NpyArray {
    shape = List.copyOf(shape);
    if (count(shape) != values.length) {
      throw new IllegalArgumentException(
          "%d values do not make an array of shape %s".formatted(values.length, shape));
    }
  }

  /**
   * Reads a file as NumPy does, the whole of which must be one array of booleans, integers of 1 to
   * 8 bytes with or without sign, or floats of 2, 4 or 8 bytes, in either byte order. What the
   * header claims is compared with the file's size before anything is allocated.
   *
   * @throws NpyException where the file is broken or holds something else
   */
  public static NpyArray read(Path file) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      ByteBuffer prefix = take(file, channel, PREFIX);
      for (byte magic : MAGIC) {
        if (prefix.get() != magic) {
          throw new NpyException(file + ": no .npy file; its first bytes are not \\x93NUMPY");
        }
      }
      int version = prefix.get();
      if (version < 1 || version > 3) {
        throw new NpyException(file + ": format version " + version + "; accepted are 1 to 3");
      }
      long length =
          version == 1
              ? take(file, channel, Short.BYTES).getShort() & 0xffff
              : take(file, channel, Integer.BYTES).getInt() & 0xffffffffL;
      if (length > MAX_HEADER) {
        throw new NpyException(
            file + ": a header of " + length + " bytes; accepted are " + MAX_HEADER);
      }
      String text =
          new String(take(file, channel, (int) length).array(), StandardCharsets.ISO_8859_1);
      return readValues(file, channel, NpyHeader.parse(file.toString(), text));
    }
  }

  private static NpyArray readValues(Path file, SeekableByteChannel channel, NpyHeader header)
      throws IOException {
    NpyType type =
        NpyType.of(header.description())
            .orElseThrow(
                () ->
                    new NpyException(
                        "%s: type '%s' is not supported; accepted are %s"
                            .formatted(file, header.description(), NpyType.accepted())));
    long count = count(header.shape());
    long there = channel.size() - channel.position();
    if (count < 0 || count > Integer.MAX_VALUE - PREFIX || count * type.width() != there) {
      throw new NpyException(
          "%s: shape %s of '%s' does not fit the %d bytes after the header"
              .formatted(file, header.shape(), header.description(), there));
    }
    double[] values = new double[(int) count];
    for (int i = 0; i < values.length; ) {
      int some = Math.min(CHUNK, values.length - i);
      ByteBuffer chunk = take(file, channel, some * type.width());
      chunk.order(NpyType.order(header.description()));
      for (int end = i + some; i < end; i++) {
        values[i] = type.read(chunk);
      }
    }
    return new NpyArray(
        header.shape(), header.fortranOrder() ? toC(values, header.shape()) : values);
  }

  private static ByteBuffer take(Path file, SeekableByteChannel channel, int length)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new NpyException(file + ": the file ends within its header or its numbers");
      }
    }
    return buffer.flip();
  }

  /** Values in C order, from values in which the first index moves fastest. */
  private static double[] toC(double[] fortran, List<Integer> shape) {
    double[] values = new double[fortran.length];
    int[] index = new int[shape.size()];
    for (double value : fortran) {
      int at = 0;
      for (int d = 0; d < index.length; d++) {
        at = at * shape.get(d) + index[d];
      }
      values[at] = value;
      for (int d = 0; d < index.length && ++index[d] == shape.get(d); d++) {
        index[d] = 0;
      }
    }
    return values;
  }

  /** The product of the sizes, or -1 where it is beyond every array. */
  private static long count(List<Integer> shape) {
    long count = 1;
    for (int size : shape) {
      count *= size;
      if (count < 0 || count > Integer.MAX_VALUE) {
        return shape.contains(0) ? 0 : -1;
      }
    }
    return count;
  }
}
