package dev.tutti.core.dataset;

import java.nio.file.Path;

/** A data set without a single note, or in which every note is broken: of no use for anything. */
public final class EmptyDatasetException extends DatasetException {
  private static final long serialVersionUID = 1L;

  EmptyDatasetException(Path path, String sought) {
    super("%s holds no note; looked for %s".formatted(path, sought));
  }
}
