package dev.tutti.core.dataset;

import dev.tutti.core.file.FileFailures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Recognises how a data set is laid out, and opens it. */
final class DatasetLayout {
  private final NoteSelection selection;

  private DatasetLayout(NoteSelection selection) {
    this.selection = selection;
  }

  /**
   * Opens a data set; splits come in the selection's order.
   *
   * @throws DatasetException where there is nothing, or nothing of a known layout
   */
  static NoteScanner open(Path path, NoteSelection selection) throws DatasetException {
    if (Files.isRegularFile(path)) {
      boolean manifest = path.toString().toLowerCase(Locale.ROOT).matches("(?s).*\\.(csv|tsv)");
      return manifest ? new ManifestScanner(path) : new TfRecordScanner(path);
    }
    if (!Files.isDirectory(path)) {
      throw new DatasetException("there is no data set at %s".formatted(path));
    }
    return new DatasetLayout(selection).openFolder(path, new HashSet<>(Set.of(real(path))));
  }

  private NoteScanner openFolder(Path folder, Set<Path> around) throws DatasetException {
    List<Path> children = children(folder);
    List<Path> shards = children.stream().filter(DatasetLayout::isTfRecord).toList();
    if (!shards.isEmpty()) {
      return new SequenceScanner(
          shards,
          TfRecordScanner::new,
          "records of NSynth in " + shards.size() + " TFRecord files");
    }
    if (children.stream().anyMatch(child -> child.toString().contains(".array_record"))) {
      throw new DatasetException(
          "%s holds ArrayRecord files, which cannot be read; prepare the data set again with %s"
              .formatted(folder, "tfds.builder(..., file_format='tfrecord')"));
    }
    List<Path> jsonFolders =
        Stream.concat(Stream.of(folder), children.stream())
            .filter(child -> Files.isRegularFile(child.resolve(JsonWavScanner.EXAMPLES)))
            .toList();
    if (!jsonFolders.isEmpty()) {
      return splits(jsonFolders, children);
    }
    if (FamilyFolderScanner.fits(folder)) {
      return new FamilyFolderScanner(folder);
    }
    // TensorFlow Datasets nests name/config/version; zip files hold one folder with everything.
    List<Path> folders = children.stream().filter(Files::isDirectory).toList();
    if (folders.size() == 1 && around.add(real(folders.get(0)))) {
      return openFolder(folders.get(0), around);
    }
    throw new DatasetException(
        "%s is no data set; accepted are folders of TFRecord files, of examples.json and audio/,"
                .formatted(folder)
            + " or of one folder a family, and single .tfrecord, .csv or .tsv files");
  }

  /** What a link that leads nowhere was a split of is not known: it is reported, not left out. */
  private static NoteScanner splits(List<Path> folders, List<Path> children) {
    return new SequenceScanner(
        Stream.concat(folders.stream(), children.stream().filter(FileTree::isLost)).toList(),
        JsonWavScanner::new,
        "notes in " + JsonWavScanner.EXAMPLES + " and their files in audio/");
  }

  private static Path real(Path folder) throws DatasetException {
    try {
      return folder.toRealPath();
    } catch (IOException e) {
      throw new DatasetException(
          "%s cannot be followed: %s".formatted(folder, FileFailures.reason(e)), e);
    }
  }

  private List<Path> children(Path folder) throws DatasetException {
    try (Stream<Path> paths = Files.list(folder)) {
      return paths
          .filter(path -> !ScatteredFiles.contain(path))
          .sorted(Comparator.comparing(this::splitRank).thenComparing(path -> path))
          .toList();
    } catch (IOException e) {
      throw new DatasetException(
          "%s cannot be listed: %s".formatted(folder, FileFailures.reason(e)), e);
    }
  }

  /** By its name: a link that leads nowhere is reported when it is opened, not left out. */
  private static boolean isTfRecord(Path path) {
    return path.getFileName().toString().contains(".tfrecord") && !Files.isDirectory(path);
  }

  private int splitRank(Path path) {
    return selection.rank(path.getFileName().toString());
  }
}
