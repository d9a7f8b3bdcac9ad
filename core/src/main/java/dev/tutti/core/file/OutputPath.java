package dev.tutti.core.file;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Where results will be written, tried before the work that makes them: who has waited an hour does
 * not want to learn then that a folder is missing.
 */
public final class OutputPath {
  private OutputPath() {}

  /**
   * Checks that a file can be written, by opening it. It is left as it was; pipes and devices are
   * not tried, since opening them may wait for a reader.
   *
   * @throws IOException where it cannot; the message names the file and says why
   */
  public static void checkFile(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + ": cannot be written: it is a folder; name a file in it");
    }
    boolean there = Files.exists(file);
    if (there && !Files.isRegularFile(file)) {
      return;
    }
    try {
      Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE).close();
      if (!there) {
        Files.delete(file);
      }
    } catch (FileSystemException e) {
      throw new IOException(file + ": cannot be written: " + reason(file, e), e);
    }
  }

  /**
   * Makes a folder, with those above it, unless it is there, and checks that it takes files.
   *
   * @throws IOException where it cannot; the message names the folder and says why
   */
  public static void makeFolder(Path folder) throws IOException {
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, ".tutti", ""));
    } catch (FileAlreadyExistsException e) {
      throw new IOException(folder + ": cannot be a folder: " + e.getFile() + " is a file", e);
    } catch (FileSystemException e) {
      throw new IOException(folder + ": cannot be written to: " + reason(folder, e), e);
    }
  }

  private static String reason(Path path, FileSystemException failure) {
    Path folder = path.toAbsolutePath().getParent();
    if (folder != null && !Files.exists(folder)) {
      return "there is no folder " + (path.getParent() == null ? folder : path.getParent());
    }
    if (folder != null && !Files.isDirectory(folder)) {
      return folder + " is no folder";
    }
    if (failure instanceof NoSuchFileException) {
      // The system's word for a folder that takes no files, such as /proc.
      return "no file can be made there";
    }
    return failure instanceof AccessDeniedException
        ? "permission denied"
        : FileFailures.reason(failure);
  }
}
