package dev.tutti.core.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Opens data sets of every layout for reading note by note. */
public final class SampleSources {
  private SampleSources() {}

  /**
   * Opens a data set of any layout that {@link NoteLibrary#open} accepts.
   *
   * @throws DatasetException where there is nothing, or nothing of a known layout
   */
  public static SampleSource open(Path path) throws DatasetException {
    return new ScannedSource(path, DatasetLayout.open(path, NoteSelection.first(1)));
  }

  /**
   * A source without what is broken of another.
   *
   * @param source closed with the one that is returned
   * @param onBroken told of each broken note, record or file that is left out
   */
  public static SampleSource skippingBroken(
      SampleSource source, Consumer<DatasetException> onBroken) {
    return new SkippingSource(source, onBroken);
  }

  private record SkippingSource(SampleSource source, Consumer<DatasetException> onBroken)
      implements SampleSource {
    @Override
    public Optional<LabeledClip> next() throws DatasetException {
      while (true) {
        try {
          return source.next();
        } catch (EmptyDatasetException e) {
          throw e;
        } catch (DatasetException e) {
          onBroken.accept(e);
        }
      }
    }

    @Override
    public List<String> passedOver() throws DatasetException {
      return source.passedOver();
    }

    @Override
    public void close() throws IOException {
      source.close();
    }
  }

  private static final class ScannedSource implements SampleSource {
    private final Path path;
    private final NoteScanner scanner;
    private boolean empty = true;

    ScannedSource(Path path, NoteScanner scanner) {
      this.path = path;
      this.scanner = scanner;
    }

    @Override
    public Optional<LabeledClip> next() throws DatasetException {
      Optional<Note> found = scanner.next();
      if (found.isEmpty()) {
        if (empty) {
          empty = false;
          throw new EmptyDatasetException(path, scanner.sought());
        }
        return Optional.empty();
      }
      Note note = found.get();
      LabeledClip clip =
          new LabeledClip(note.id(), note.family(), note.audio(), note.pitch(), note.velocity());
      empty = false;
      return Optional.of(clip);
    }

    @Override
    public List<String> passedOver() throws DatasetException {
      return scanner.passedOver();
    }

    @Override
    public void close() throws IOException {
      scanner.close();
    }
  }
}
