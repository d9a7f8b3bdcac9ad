package dev.tutti.worker.device;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Where the system's loader looks for shared libraries.
 *
 * @param folders in no particular order; they need not exist
 */
record LibrarySearch(List<Path> folders) {
  private static final List<String> STANDARD =
      List.of(
          "/lib/x86_64-linux-gnu",
          "/usr/lib/x86_64-linux-gnu",
          "/lib64",
          "/usr/lib64",
          "/usr/lib/wsl/lib",
          "/usr/local/nvidia/lib64",
          "/usr/local/cuda/lib64",
          "/usr/local/cuda/targets/x86_64-linux/lib");

  /** The standard folders, those of {@code LD_LIBRARY_PATH} and those of {@code ld.so.conf.d}. */
  static LibrarySearch ofSystem(Map<String, String> environment) {
    List<Path> folders = new ArrayList<>();
    for (String folder : environment.getOrDefault("LD_LIBRARY_PATH", "").split(":", -1)) {
      if (!folder.isBlank()) {
        folders.add(Path.of(folder));
      }
    }
    STANDARD.forEach(folder -> folders.add(Path.of(folder)));
    addConfigured(Path.of("/etc/ld.so.conf.d"), folders);
    return new LibrarySearch(List.copyOf(folders));
  }

  /** Whether there is a library of exactly this name, version included. */
  boolean has(String library) {
    return folders.stream().anyMatch(folder -> Files.exists(folder.resolve(library)));
  }

  private static void addConfigured(Path configuration, List<Path> folders) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(configuration, "*.conf")) {
      for (Path file : files) {
        try (Stream<String> lines = Files.lines(file)) {
          lines
              .map(String::strip)
              .filter(line -> line.startsWith("/"))
              .map(Path::of)
              .forEach(folders::add);
        }
      }
    } catch (IOException | java.io.UncheckedIOException e) {
      // This only looks for a reason; without the folder there is one place less to look.
      return;
    }
  }
}
