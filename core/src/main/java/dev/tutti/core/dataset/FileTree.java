package dev.tutti.core.dataset;

import dev.tutti.core.file.FileFailures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What lies below a folder, symbolic links followed. A folder is entered once, however many links
 * lead to it, under its own path if that lies below; links to folders around the whole are left
 * alone, so that none leads in circles.
 */
final class FileTree {
  private final Path around;
  private final Set<Path> entered = new HashSet<>();
  private final Set<Path> found = new TreeSet<>();

  private FileTree(Path around) {
    this.around = around;
  }

  /**
   * The audio files below some folders in the order of their paths, and with them, for the reader
   * to stumble over, links that lead nowhere and folders that cannot be listed.
   *
   * @param folders themselves links perhaps
   * @param root the data set's folder
   */
  static List<Path> audioFiles(List<Path> folders, Path root) throws DatasetException {
    try {
      FileTree tree = new FileTree(root.toRealPath());
      List<Path> linked = new ArrayList<>(folders);
      // Links wait until all that lies here by itself is known.
      while (!linked.isEmpty()) {
        List<Path> next = new ArrayList<>();
        for (Path path : linked) {
          tree.add(path, next);
        }
        linked = next;
      }
      return List.copyOf(tree.found);
    } catch (IOException e) {
      throw new DatasetException(
          "%s cannot be listed: %s".formatted(root, FileFailures.reason(e)), e);
    }
  }

  private void add(Path path, List<Path> linked) throws IOException {
    if (!Files.isDirectory(path)) {
      if (isLost(path) || (AudioFile.isNamedAsAudio(path) && Files.isRegularFile(path))) {
        found.add(path);
      }
      return;
    }
    Path real = path.toRealPath();
    if (around.startsWith(real) || !entered.add(real)) {
      return;
    }
    for (Path child : children(path)) {
      if (Files.isSymbolicLink(child) && Files.isDirectory(child)) {
        linked.add(child);
      } else {
        add(child, linked);
      }
    }
  }

  private List<Path> children(Path folder) {
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.filter(path -> !ScatteredFiles.contain(path)).sorted().toList();
    } catch (IOException e) {
      found.add(folder);
      return List.of();
    }
  }

  /** Whether a path is a link that leads nowhere. */
  static boolean isLost(Path path) {
    return Files.isSymbolicLink(path) && !Files.exists(path);
  }
}
