package dev.tutti.core.dataset;

import dev.tutti.core.content.ContentDigest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Which file stands at a path, and when it was last written to, as far as the file system tells
 * without the file being read.
 */
final class FileState {
  private static final List<String> BASIC = List.of("size", "lastModifiedTime", "fileKey");

  /**
   * The times of all files of an archive may be restored, and notes are often of one size. What
   * tells them apart then is the file's number, and the time of its last change of any kind, which
   * nobody can set.
   */
  private static final List<String> UNIX =
      List.of("size", "lastModifiedTime", "dev", "ino", "ctime");

  private FileState() {}

  /**
   * Path and state of a file, to which more may be added. Links are followed.
   *
   * @throws DatasetException where there is no such file or its folder cannot be entered
   */
  static ContentDigest.Builder digest(Path file) throws DatasetException {
    boolean unix = file.getFileSystem().supportedFileAttributeViews().contains("unix");
    List<String> names = unix ? UNIX : BASIC;
    try {
      Map<String, Object> values =
          Files.readAttributes(
              file, (unix ? "unix:" : "") + String.join(",", names), new LinkOption[0]);
      ContentDigest.Builder content = ContentDigest.builder().add(file.toAbsolutePath().toString());
      names.forEach(name -> content.add(String.valueOf(values.get(name))));
      return content;
    } catch (IOException e) {
      throw DatasetException.unreadable(file, e);
    }
  }
}
