package dev.tutti.worker.keras.read;

import dev.tutti.worker.keras.ModelFileException;
import dev.tutti.worker.keras.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The bytes of a file as a read-only mapping. */
public final class MappedFile {
  private MappedFile() {}

  public static ByteBuffer map(Path path, Place place) throws ModelFileException {
    if (!Files.isRegularFile(path)) {
      throw place.broken("is not a file");
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size == 0) {
        throw place.broken("is empty");
      }
      if (size > Integer.MAX_VALUE) {
        throw place.unsupported("has " + size + " bytes; files up to 2 GiB are read");
      }
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, size);
    } catch (ModelFileException e) {
      throw e;
    } catch (IOException e) {
      throw place.broken("cannot be read: " + e.getMessage(), e);
    }
  }
}
