package dev.tutti.server.supervision.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserPrincipal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder for sockets that only this user can enter, removed when it is closed. A gateway that was
 * killed leaves its own behind; the next one removes it. A gateway holds a lock on a file in its
 * folder, which the kernel lets go when the process ends, however it ends: a folder whose lock can
 * be had is nobody's.
 */
public final class SocketFolder implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SocketFolder.class);
  private static final String LOCK = "lock";
  private static final String SOCKETS = "*.sock";
  private static final int ATTEMPTS = 10;

  private final Path path;
  private final FileChannel lock;

  private SocketFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Makes a folder, and removes those of this user that dead gateways left beside it.
   *
   * @param parent such as the folder for temporary files
   */
  public static SocketFolder create(Path parent) throws IOException {
    for (int i = 0; i < ATTEMPTS; i++) {
      Path path = Files.createTempDirectory(parent, "tutti-" + process() + "-");
      FileChannel lock =
          FileChannel.open(
              path.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      if (tryLock(lock) && Files.exists(path.resolve(LOCK))) {
        sweep(parent, Files.getOwner(path));
        return new SocketFolder(path, lock);
      }
      // Another gateway found it before it was locked, and removes it.
      lock.close();
    }
    throw new IOException("cannot make a folder for sockets in " + parent);
  }

  public Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    empty(path);
    lock.close();
  }

  /**
   * Names this process among all of this machine. A process that opens and closes one of its own
   * lock files would let go of the lock, so it must know them by their names.
   */
  private static String process() {
    ProcessHandle.Info self = ProcessHandle.current().info();
    long start = self.startInstant().map(instant -> instant.toEpochMilli()).orElse(0L);
    return ProcessHandle.current().pid() + "." + Long.toString(start, Character.MAX_RADIX);
  }

  private static void sweep(Path parent, UserPrincipal owner) {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, "tutti-*")) {
      for (Path folder : folders) {
        boolean ours = folder.getFileName().toString().startsWith("tutti-" + process() + "-");
        if (!ours
            && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
            && Files.isRegularFile(folder.resolve(LOCK), LinkOption.NOFOLLOW_LINKS)
            && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(owner)) {
          removeIfDead(folder);
        }
      }
    } catch (IOException e) {
      log.debug("Old socket folders in {} are left there: {}", parent, e.getMessage());
    }
  }

  private static void removeIfDead(Path folder) {
    try (FileChannel lock = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE)) {
      if (tryLock(lock)) {
        empty(folder);
        log.info("Removed {}, which a gateway that is dead had left", folder);
      }
    } catch (IOException e) {
      log.debug("{} is left there: {}", folder, e.getMessage());
    }
  }

  private static boolean tryLock(FileChannel lock) throws IOException {
    return lock.tryLock() != null;
  }

  private static void empty(Path folder) throws IOException {
    try (DirectoryStream<Path> sockets = Files.newDirectoryStream(folder, SOCKETS)) {
      for (Path socket : sockets) {
        Files.deleteIfExists(socket);
      }
    }
    Files.deleteIfExists(folder.resolve(LOCK));
    Files.deleteIfExists(folder);
  }
}
