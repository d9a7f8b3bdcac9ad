package dev.tutti.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A folder of numbered versions of small random models. */
final class ModelVersions {
  private final Path folder;

  ModelVersions(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  /** A version with the models as they are, or with two of them exchanged. */
  void add(int number, boolean exchanged) throws IOException {
    Path partial = Files.createDirectory(folder.resolve(number + ".partial"));
    try (Stream<Path> files = Files.list(Distribution.golden("models"))) {
      for (Path file : files.toList()) {
        Files.copy(file, partial.resolve(file.getFileName()));
      }
    }
    if (exchanged) {
      Path aside = partial.resolve("aside");
      Files.move(model(partial, "flute"), aside);
      Files.move(model(partial, "reed"), model(partial, "flute"));
      Files.move(aside, model(partial, "reed"));
    }
    Files.move(partial, folder.resolve(String.valueOf(number)));
  }

  /** A version that cannot be loaded. */
  void addBroken(int number) throws IOException {
    add(number, false);
    Files.write(model(folder.resolve(String.valueOf(number)), "organ"), new byte[1000]);
  }

  /** Sets one family's threshold in a version. */
  void threshold(int number, String family, double threshold) throws IOException {
    Files.writeString(
        folder.resolve(String.valueOf(number)).resolve("thresholds.json"),
        "{\"" + family + "\": " + threshold + "}");
  }

  /** Options of {@code tutti serve}. */
  String[] options(String... more) {
    return Stream.concat(Stream.of("--models", folder.toString()), Stream.of(more))
        .toArray(String[]::new);
  }

  private static Path model(Path version, String family) {
    return version.resolve("family_" + family + "_classifier.h5");
  }
}
