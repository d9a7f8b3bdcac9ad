package dev.tutti.core.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that are to be read, looked at before the work that needs them. */
public final class InputPath {
  private InputPath() {}

  /**
   * Checks that there is a file to read: a plain one, a pipe or a device.
   *
   * @throws IOException where there is none; the message names it and says why
   */
  public static void checkFile(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new IOException(file + ": there is no such file");
    }
    if (Files.isDirectory(file)) {
      throw new IOException(file + ": is a folder; name the files in it");
    }
    if (!Files.isReadable(file)) {
      throw new IOException(file + ": permission denied");
    }
  }
}
