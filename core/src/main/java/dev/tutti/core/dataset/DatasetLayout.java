package dev.tutti.core.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
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
      boolean manifest = path.toString().toLowerCase(Locale.ROOT).endsWith(".csv");
      return manifest ? new ManifestScanner(path) : new TfRecordScanner(path);
    }
    if (!Files.isDirectory(path)) {
      throw new DatasetException("there is no data set at %s".formatted(path));
    }
    return new DatasetLayout(selection).openFolder(path);
  }

  private NoteScanner openFolder(Path folder) throws DatasetException {
    List<Path> children = children(folder);
    List<Path> shards = children.stream().filter(DatasetLayout::isTfRecord).toList();
    if (!shards.isEmpty()) {
      return new SequenceScanner(shards, TfRecordScanner::new);
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
      return new SequenceScanner(jsonFolders, JsonWavScanner::new);
    }
    if (FamilyFolderScanner.fits(folder)) {
      return new FamilyFolderScanner(folder);
    }
    // TensorFlow Datasets nests name/config/version with nothing beside.
    if (children.size() == 1 && Files.isDirectory(children.get(0))) {
      return openFolder(children.get(0));
    }
    throw new DatasetException(
        "%s is no data set; accepted are folders of TFRecord files, of examples.json and audio/,"
                .formatted(folder)
            + " or of one folder a family, and single .tfrecord or .csv files");
  }

  private List<Path> children(Path folder) throws DatasetException {
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.sorted(Comparator.comparing(this::splitRank).thenComparing(p -> p)).toList();
    } catch (IOException e) {
      throw new DatasetException("%s cannot be listed: %s".formatted(folder, e), e);
    }
  }

  private static boolean isTfRecord(Path path) {
    return path.getFileName().toString().contains(".tfrecord") && Files.isRegularFile(path);
  }

  private int splitRank(Path path) {
    return selection.rank(path.getFileName().toString());
  }
}
