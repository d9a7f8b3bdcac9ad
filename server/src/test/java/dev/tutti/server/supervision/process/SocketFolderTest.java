package dev.tutti.server.supervision.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class SocketFolderTest {
  @TempDir Path parent;

  @Test
  void itIsOursAloneAndGoesWithItsSockets() throws IOException {
    SocketFolder folder = SocketFolder.create(parent);
    assertEquals(
        PosixFilePermissions.fromString("rwx------"), Files.getPosixFilePermissions(folder.path()));
    Files.createFile(folder.path().resolve("worker-0.0.sock"));
    folder.close();
    assertFalse(Files.exists(folder.path()));
  }

  @Test
  void theFolderOfAGatewayThatWasKilledIsRemovedAndThatOfOneThatLivesIsNot() throws Exception {
    Process dead = owner();
    Process living = owner();
    try {
      Path left = path(dead);
      Path held = path(living);
      Files.createFile(left.resolve("worker-0.0.sock"));
      dead.destroyForcibly().waitFor();
      try (SocketFolder mine = SocketFolder.create(parent);
          SocketFolder another = SocketFolder.create(parent)) {
        assertFalse(Files.exists(left));
        assertTrue(Files.exists(held.resolve("lock")));
        assertTrue(Files.exists(mine.path()) && Files.exists(another.path()));
      }
    } finally {
      dead.destroyForcibly();
      living.destroyForcibly();
    }
  }

  @Test
  void whatIsNotAGatewaysFolderIsLeftAlone() throws IOException {
    Path unlocked = Files.createDirectory(parent.resolve("tutti-mine"));
    Path notes = Files.createDirectory(parent.resolve("tutti-2.x-notes"));
    Files.createFile(notes.resolve("lock"));
    Files.createFile(notes.resolve("notes.txt"));
    Path elsewhere = Files.createDirectory(parent.resolve("elsewhere"));
    Files.createFile(elsewhere.resolve("lock"));
    Files.createSymbolicLink(parent.resolve("tutti-1.x-link"), elsewhere);
    SocketFolder.create(parent).close();
    assertTrue(Files.exists(unlocked));
    assertTrue(Files.exists(notes.resolve("notes.txt")));
    assertTrue(Files.exists(elsewhere.resolve("lock")));
  }

  /** A process that makes such a folder, says where, and waits. */
  private Process owner() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx64m",
            "-cp",
            System.getProperty("java.class.path"),
            Owner.class.getName(),
            parent.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static Path path(Process owner) throws IOException {
    String line = owner.inputReader().readLine();
    while (!line.startsWith("folder ")) {
      line = owner.inputReader().readLine();
    }
    return Path.of(line.substring("folder ".length()));
  }

  /** The program of {@link #owner}. */
  static final class Owner {
    private Owner() {}

    public static void main(String[] args) throws IOException {
      SocketFolder folder = SocketFolder.create(Path.of(args[0]));
      System.out.println("folder " + folder.path());
      System.in.transferTo(System.out);
    }
  }
}
