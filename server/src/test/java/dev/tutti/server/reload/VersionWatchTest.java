package dev.tutti.server.reload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tutti.server.time.SteppedTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionWatchTest {
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  @TempDir Path folder;
  private final SteppedTime time = new SteppedTime();
  private int reloads;
  private boolean busy;
  private boolean odd;

  @Test
  void whatIsThereAtFirstIsServedAlready() throws IOException {
    Files.createDirectory(folder.resolve("1"));
    start();
    look(3);
    assertEquals(0, reloads);
  }

  @Test
  void aChangeIsReloadedOnceItHasSettled() throws IOException {
    Files.createDirectory(folder.resolve("1"));
    start();
    Files.createDirectory(folder.resolve("2"));
    look(1);
    assertEquals(0, reloads);
    Files.writeString(folder.resolve("2/model"), "still growing");
    look(1);
    assertEquals(0, reloads);
    look(1);
    assertEquals(1, reloads);
    look(5);
    assertEquals(1, reloads);
  }

  @Test
  void whatCannotBeReloadedNowIsReloadedLater() throws IOException {
    Files.createDirectory(folder.resolve("1"));
    start();
    Files.createDirectory(folder.resolve("2"));
    busy = true;
    look(4);
    assertEquals(0, reloads);
    busy = false;
    look(2);
    assertEquals(1, reloads);
  }

  @Test
  void aFolderThatVanishesIsNoChange() throws IOException {
    Path models = Files.createDirectory(folder.resolve("1"));
    start();
    Files.delete(models);
    Files.delete(folder);
    look(3);
    assertEquals(0, reloads);
  }

  @Test
  void aReloadThatFailsOddlyDoesNotEndTheWatch() throws IOException {
    Files.createDirectory(folder.resolve("1"));
    start();
    Files.createDirectory(folder.resolve("2"));
    odd = true;
    look(3);
    assertEquals(0, reloads);
    odd = false;
    look(1);
    assertEquals(1, reloads);
  }

  private void start() {
    new VersionWatch(new VersionFolder(folder), INTERVAL, this::reload, time, Runnable::run)
        .start();
  }

  private boolean reload() {
    if (odd) {
      throw new IllegalStateException("odd");
    }
    reloads += busy ? 0 : 1;
    return !busy;
  }

  private void look(int times) {
    for (int i = 0; i < times; i++) {
      time.advance(INTERVAL);
    }
  }
}
