package dev.tutti.server.evaluate;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tutti.core.dataset.DatasetException;
import dev.tutti.core.dataset.NoteLibrary;
import dev.tutti.server.error.FailedPreconditionException;
import dev.tutti.server.error.InvalidInputException;
import dev.tutti.server.error.NotFoundException;
import dev.tutti.server.error.OverloadedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** The data sets that the gateway holds, by name. Each is indexed when first asked for. */
public final class DataSets {
  private record Key(String name, int notesPerFamily) {}

  /**
   * Notes of all indexes together. A client chooses how many notes a family has, so what it makes
   * the gateway keep is weighed. Some 300 bytes each; all of NSynth are 306,000.
   */
  static final long MAX_NOTES = 500_000;

  private final Map<String, Path> paths;
  private final Executor executor;
  private final AsyncCache<Key, NoteLibrary> open;

  /**
   * @param executor indexes data sets, which can take long and blocks
   */
  public DataSets(Map<String, Path> paths, Executor executor) {
    this.paths = new TreeMap<>(paths);
    this.open =
        Caffeine.newBuilder()
            .maximumWeight(MAX_NOTES)
            .weigher((Key key, NoteLibrary library) -> Math.max(1, library.size()))
            .executor(Runnable::run)
            .buildAsync();
    this.executor = executor;
  }

  /**
   * @param field the request's field that names it
   * @return the notes; or {@link FailedPreconditionException} when they cannot be read, {@link
   *     OverloadedException} when too many data sets wait to be read
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
    // No caller's cancel may reach what others wait for, too.
    return open.get(new Key(name, notesPerFamily), (key, unused) -> index(key, path)).copy();
  }

  private CompletableFuture<NoteLibrary> index(Key key, Path path) {
    try {
      return CompletableFuture.supplyAsync(
          () -> read(key.name(), path, key.notesPerFamily()), executor);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(
          new OverloadedException(
              "Too many data sets wait to be read; no more are accepted for now.",
              Duration.ofSeconds(5)));
    }
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
