package dev.tutti.server.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.core.dataset.NoteLibrary;
import dev.tutti.server.error.FailedPreconditionException;
import dev.tutti.server.error.InvalidInputException;
import dev.tutti.server.error.NotFoundException;
import dev.tutti.server.error.OverloadedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataSetsTest {
  @TempDir Path folder;

  private final Queue<Runnable> reads = new ArrayDeque<>();
  private DataSets dataSets;

  @BeforeEach
  void open() {
    dataSets =
        new DataSets(
            Map.of("notes", folder.resolve("notes"), "others", folder.resolve("others")),
            reads::add);
  }

  @Test
  void aNameThatIsNotKnownIsRefusedWithThoseThatAre() {
    String message =
        assertThrows(NotFoundException.class, () -> dataSets.open("dataset", "nots", 1))
            .getMessage();
    assertTrue(message.contains("'nots'") && message.contains("notes, others"), message);
    InvalidInputException unnamed =
        assertThrows(InvalidInputException.class, () -> dataSets.open("config.dataset", "", 1));
    assertEquals("config.dataset", unnamed.field());
    assertTrue(unnamed.getMessage().contains("notes, others"), unnamed.getMessage());
  }

  @Test
  void aDataSetIsReadOnceOnTheExecutor() throws IOException {
    NoteFolder.write(folder.resolve("notes"), 3, "bass", "flute");
    CompletableFuture<NoteLibrary> first = dataSets.open("dataset", "notes", 2);
    CompletableFuture<NoteLibrary> second = dataSets.open("dataset", "notes", 2);
    assertFalse(first.isDone());
    assertEquals(1, reads.size());
    reads.remove().run();
    assertEquals(4, first.join().size());
    assertSame(first.join(), second.join());
    assertSame(first.join(), dataSets.open("dataset", "notes", 2).join());
  }

  @Test
  void anotherNumberOfNotesIsAnotherLibrary() throws IOException {
    NoteFolder.write(folder.resolve("notes"), 3, "bass");
    CompletableFuture<NoteLibrary> two = dataSets.open("dataset", "notes", 2);
    CompletableFuture<NoteLibrary> all = dataSets.open("dataset", "notes", Integer.MAX_VALUE);
    assertNotSame(two, all);
    reads.forEach(Runnable::run);
    assertEquals(2, two.join().size());
    assertEquals(3, all.join().size());
  }

  @Test
  void oneThatCannotBeReadIsTriedAgainNextTime() throws IOException {
    CompletableFuture<NoteLibrary> missing = dataSets.open("dataset", "notes", 1);
    reads.remove().run();
    Throwable failure = assertThrows(CompletionException.class, missing::join).getCause();
    assertInstanceOf(FailedPreconditionException.class, failure);
    assertTrue(failure.getMessage().contains("'notes' cannot be read"), failure.getMessage());

    NoteFolder.write(folder.resolve("notes"), 1, "bass");
    CompletableFuture<NoteLibrary> there = dataSets.open("dataset", "notes", 1);
    reads.remove().run();
    assertEquals(1, there.join().size());
  }

  @Test
  void whatClientsMakeItKeepIsWeighedByNotes() throws IOException {
    NoteFolder.write(folder.resolve("notes"), 3, "bass");
    CompletableFuture<NoteLibrary> first = dataSets.open("dataset", "notes", 1);
    for (int notes = 2; notes < 100; notes++) {
      dataSets.open("dataset", "notes", notes);
    }
    reads.forEach(Runnable::run);
    // Small ones fit, however many numbers a client thinks of.
    assertSame(first.join(), dataSets.open("dataset", "notes", 1).join());
    assertTrue(100 * 3 < DataSets.MAX_NOTES);
  }

  @Test
  void whatTheExecutorRefusesIsOverloadAndTriedAgainNextTime() throws IOException {
    NoteFolder.write(folder.resolve("notes"), 1, "bass");
    boolean[] full = {true};
    DataSets busy =
        new DataSets(
            Map.of("notes", folder.resolve("notes")),
            task -> {
              if (full[0]) {
                throw new RejectedExecutionException();
              }
              task.run();
            });
    Throwable refusal =
        assertThrows(CompletionException.class, () -> busy.open("dataset", "notes", 1).join())
            .getCause();
    assertInstanceOf(OverloadedException.class, refusal);
    full[0] = false;
    assertEquals(1, busy.open("dataset", "notes", 1).join().size());
  }
}
