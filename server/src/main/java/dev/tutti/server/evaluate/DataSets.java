package dev.tutti.server.evaluate;

import dev.tutti.core.dataset.DatasetException;
import dev.tutti.core.dataset.NoteLibrary;
import dev.tutti.server.error.FailedPreconditionException;
import dev.tutti.server.error.InvalidInputException;
import dev.tutti.server.error.NotFoundException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;

/** The data sets that the gateway holds, by name. Each is indexed when first asked for. */
public final class DataSets {
  private record Key(String name, int notesPerFamily) {}

  private final Map<String, Path> paths;
  private final Executor executor;
  private final ConcurrentMap<Key, CompletableFuture<NoteLibrary>> open = new ConcurrentHashMap<>();

  /**
   * @param executor indexes data sets, which can take long and blocks
   */
  public DataSets(Map<String, Path> paths, Executor executor) {
    this.paths = new TreeMap<>(paths);
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
    Key key = new Key(name, notesPerFamily);
    CompletableFuture<NoteLibrary> library =
        open.computeIfAbsent(
            key,
            k -> CompletableFuture.supplyAsync(() -> read(name, path, notesPerFamily), executor));
    library.whenComplete(
        (notes, failure) -> {
          if (failure != null) {
            open.remove(key, library);
          }
        });
    return library;
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
