package dev.tutti.server.reload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds versions of models in the layout of TensorFlow Serving: {@code DIR/1}, {@code DIR/2} and so
 * on. A folder without any is itself the only version, number zero. Names that are not plain
 * numbers, such as those of a version still being copied, are passed over.
 */
public final class VersionFolder {
  private static final int SIGNATURE_DEPTH = 3;

  private final Path path;

  public VersionFolder(Path path) {
    this.path = path;
  }

  /** All versions, newest first; never empty. */
  public List<ModelVersion> scan() throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of(new ModelVersion(0, path));
    }
    try (Stream<Path> entries = Files.list(path)) {
      List<ModelVersion> versions =
          entries
              .filter(entry -> entry.getFileName().toString().matches("[1-9]\\d{0,8}"))
              .map(
                  entry ->
                      new ModelVersion(Integer.parseInt(entry.getFileName().toString()), entry))
              .sorted(Comparator.comparingInt(ModelVersion::number).reversed())
              .toList();
      return versions.isEmpty() ? List.of(new ModelVersion(0, path)) : versions;
    }
  }

  /**
   * Something that changes when there is a newer version, or when the newest one's files change:
   * their names, sizes and times.
   */
  public String signature() throws IOException {
    Path newest = scan().get(0).path();
    try (Stream<Path> files = Files.walk(newest, SIGNATURE_DEPTH)) {
      return files.sorted().map(VersionFolder::stamp).collect(Collectors.joining("\n"));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static String stamp(Path file) {
    try {
      return Files.isDirectory(file)
          ? file.toString()
          : file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file).toMillis();
    } catch (NoSuchFileException e) {
      return file + " gone";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
