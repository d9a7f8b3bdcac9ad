package dev.tutti.worker.keras.hdf5;

import dev.tutti.worker.keras.BrokenModelException;
import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.Place;
import dev.tutti.worker.keras.layer.TensorShape;
import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.object.datatype.FloatingPoint;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.OptionalLong;

/** A data set of numbers in an untrusted HDF5 file. */
public final class Hdf5Dataset {
  /** Deflate cannot shrink data further than this. */
  private static final long MAX_COMPRESSION = 1032;

  private final Dataset dataset;
  private final Place place;
  private final long fileLength;

  Hdf5Dataset(Dataset dataset, Place place, long fileLength) {
    this.dataset = dataset;
    this.place = place;
    this.fileLength = fileLength;
  }

  public Place place() {
    return place;
  }

  /** Refuses data of another shape, that are no real numbers, or that the file cannot hold. */
  public void check(TensorShape wanted) throws ModelFileException {
    if (!shape().equals(wanted)) {
      throw place.broken(
          "shape mismatch: the file has %s, the configuration needs %s".formatted(shape(), wanted));
    }
    checkReadable();
  }

  /**
   * All numbers in row-major order: a view into the file where its storage allows it.
   *
   * @throws BrokenModelException if they cannot be read, or one of them is NaN or infinite
   */
  public FloatBuffer finiteFloats() throws ModelFileException {
    FloatBuffer numbers = floats();
    if (numbers.remaining() != shape().elements()) {
      throw place.broken("holds %d numbers, not %s".formatted(numbers.remaining(), shape()));
    }
    for (int i = 0; i < numbers.limit(); i++) {
      if (!Float.isFinite(numbers.get(i))) {
        throw place.broken("holds " + numbers.get(i) + " at index " + i);
      }
    }
    return numbers;
  }

  /**
   * Where little-endian float32 numbers that lie one behind the other begin, from the superblock's
   * base address on; empty for any other kind of storage.
   */
  public OptionalLong plainAddress() throws ModelFileException {
    if (dataset instanceof ContiguousDataset contiguous
        && dataset.getDataType() instanceof FloatingPoint type
        && type.getSize() == Float.BYTES
        && type.getByteOrder() == ByteOrder.LITTLE_ENDIAN) {
      ByteBuffer view = Hdf5File.guarded(place, contiguous::getBuffer);
      if (view.remaining() != shape().elements() * Float.BYTES) {
        throw place.broken("holds %d bytes, not %s".formatted(view.remaining(), shape()));
      }
      return OptionalLong.of(contiguous.getDataAddress());
    }
    return OptionalLong.empty();
  }

  /** The declared shape; nothing is read. */
  public TensorShape shape() throws ModelFileException {
    long[] sizes = Hdf5File.guarded(place, dataset::getDimensionsAsLong);
    if (Arrays.stream(sizes).anyMatch(size -> size < 0 || size > Integer.MAX_VALUE)) {
      throw place.broken("declares the shape " + Arrays.toString(sizes));
    }
    return new TensorShape(Arrays.stream(sizes).mapToObj(size -> (int) size).toList());
  }

  /** Bytes that the numbers take in the file. */
  public long storedBytes() throws ModelFileException {
    return Hdf5File.guarded(place, dataset::getStorageInBytes);
  }

  private void checkReadable() throws ModelFileException {
    if (!(Hdf5File.guarded(place, dataset::getDataType) instanceof FloatingPoint type)) {
      throw place.broken(
          "is not numeric: it holds "
              + Hdf5File.guarded(place, dataset::getJavaType).getSimpleName());
    }
    long declared = shape().elements();
    long stored = storedBytes();
    long width = type.getSize();
    boolean fits = declared <= Long.MAX_VALUE / 8 && declared * width <= readable(stored);
    if (stored < 0 || stored > fileLength || !fits) {
      throw place.broken(
          "declares the shape %s of %d-byte numbers, but %d bytes are stored in a file of %d"
              .formatted(shape(), width, stored, fileLength));
    }
  }

  private FloatBuffer floats() throws ModelFileException {
    if (dataset instanceof ContiguousDataset contiguous
        && dataset.getDataType() instanceof FloatingPoint type
        && type.getSize() == Float.BYTES) {
      return Hdf5File.guarded(place, () -> view(contiguous.getBuffer(), type));
    }
    Object numbers = Hdf5File.guarded(place, dataset::getDataFlat);
    if (numbers instanceof float[] floats) {
      return FloatBuffer.wrap(floats);
    }
    if (numbers instanceof double[] doubles) {
      FloatBuffer floats = FloatBuffer.allocate(doubles.length);
      for (double number : doubles) {
        floats.put((float) number);
      }
      return floats.flip();
    }
    throw place.broken("is not numeric");
  }

  private long readable(long stored) {
    return dataset instanceof ContiguousDataset ? stored : stored * MAX_COMPRESSION;
  }

  private static FloatBuffer view(ByteBuffer bytes, FloatingPoint type) {
    return bytes.order(type.getByteOrder()).asFloatBuffer();
  }
}
