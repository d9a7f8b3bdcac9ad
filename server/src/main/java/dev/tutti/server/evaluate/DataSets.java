package dev.tutti.server.evaluate;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tutti.core.dataset.DatasetException;
import dev.tutti.core.dataset.NoteLibrary;
import dev.tutti.server.error.FailedPreconditionException;
import dev.tutti.server.error.InvalidInputException;
import dev.tutti.server.error.NotFoundException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** The data sets that the gateway holds, by name. Each is indexed when first asked for. */
public final class DataSets {
  private record Key(String name, int notesPerFamily) {}

  /** A client chooses the notes per family, so how many indexes are kept must be bounded. */
  private static final int MAX_OPEN = 16;

  private final Map<String, Path> paths;
  private final Executor executor;
  private final AsyncCache<Key, NoteLibrary> open;

  /**
   * @param executor indexes data sets, which can take long and blocks
   */
  public DataSets(Map<String, Path> paths, Executor executor) {
    this.paths = new TreeMap<>(paths);
    this.open = Caffeine.newBuilder().maximumSize(MAX_OPEN).executor(Runnable::run).buildAsync();
    this.executor = executor;
  }

  /**
   * @param field the request's field that names it
   * @return the notes; or {@link FailedPreconditionException} when they cannot be read
   * @throws NotFoundException when there is no such data set
   */
  public CompletableFuture<NoteLibrary> open(String field, String name, int notesPerFamily) {
    if (name.isEmpty()) {
      throw new InvalidInputException(
          field, "No data set is named; there are: " + String.join(", ", paths.keySet()) + ".");
    }
    Path path = paths.get(name);
    if (path == null) {
      throw new NotFoundException("data set", name, paths.keySet());
    }
    return open.get(
        new Key(name, notesPerFamily),
        (key, unused) ->
            CompletableFuture.supplyAsync(() -> read(name, path, notesPerFamily), executor));
  }

  private static NoteLibrary read(String name, Path path, int notesPerFamily) {
    try {
      return NoteLibrary.open(path, notesPerFamily);
    } catch (DatasetException e) {
      throw new FailedPreconditionException(
          "Data set '" + name + "' cannot be read: " + e.getMessage());
    }
  }
}
