package dev.tutti.worker.keras.hdf5;

import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.Place;
import io.jhdf.HdfFile;
import io.jhdf.exceptions.HdfException;
import io.jhdf.exceptions.UnsupportedHdfException;
import java.io.Closeable;
import java.nio.ByteBuffer;
import java.util.function.Supplier;

/**
 * An HDF5 file that nobody vouches for. The library underneath sees only a read-only mapping of the
 * file, so it can neither open another file nor reserve memory for bytes that are not there, and
 * whatever it throws becomes a {@link ModelFileException}.
 */
public final class Hdf5File implements Closeable {
  private static final int MOST_CAUSES = 20;

  private final Place place;
  private final HdfFile file;
  private final long length;

  private Hdf5File(Place place, HdfFile file, long length) {
    this.place = place;
    this.file = file;
    this.length = length;
  }

  /** Opens the bytes of a file, which is as long as its header says, or longer. */
  public static Hdf5File of(ByteBuffer bytes, Place place) throws ModelFileException {
    // jHDF sets the limit of what it gets to the end of the header.
    long length = bytes.limit();
    HdfFile file = guarded(place, () -> HdfFile.fromByteBuffer(bytes.slice()));
    long declared =
        guarded(place, () -> file.getHdfBackingStorage().getSuperblock().getEndOfFileAddress());
    if (declared > length) {
      throw place.broken("is cut off: it has %d of %d bytes".formatted(length, declared));
    }
    return new Hdf5File(place, file, length);
  }

  public Place place() {
    return place;
  }

  /** In bytes. */
  public long length() {
    return length;
  }

  /** Where the addresses in the file begin. */
  public long baseAddress() {
    return file.getUserBlockSize();
  }

  public Hdf5Group root() {
    return new Hdf5Group(file, place, length);
  }

  @Override
  public void close() {
    file.close();
  }

  /**
   * Runs a step of the library. On a damaged file it may throw anything, errors of the virtual
   * machine included.
   */
  static <T> T guarded(Place place, Supplier<T> step) throws ModelFileException {
    try {
      return step.get();
    } catch (UnsupportedHdfException e) {
      throw place.unsupported("uses an HDF5 feature that is not read: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      throw place.broken("is not an intact HDF5 file: " + reason(e), e);
    } catch (StackOverflowError e) {
      throw place.broken("is not an intact HDF5 file: its structure has no end", e);
    } catch (OutOfMemoryError e) {
      throw place.broken("declares more than the memory holds", e);
    } catch (InternalError e) {
      throw place.broken("was cut while it was read", e);
    }
  }

  /**
   * The library's own words where it has some; what else it throws comes of the virtual machine.
   */
  private static String reason(RuntimeException e) {
    String words = "";
    Throwable next = e;
    for (int depth = 0; next != null && depth < MOST_CAUSES; depth++) {
      words = next instanceof HdfException ? String.valueOf(next.getMessage()) : words;
      next = next.getCause();
    }
    return words.isEmpty() ? "a part of it lies outside the file or is of another kind" : words;
  }
}
