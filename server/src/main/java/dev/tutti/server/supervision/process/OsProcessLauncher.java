package dev.tutti.server.supervision.process;

import dev.tutti.server.device.WorkerSlot;
import dev.tutti.server.supervision.ProcessLauncher;
import dev.tutti.server.supervision.WorkerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts workers as processes of the operating system, by an argument list and never a shell. */
public final class OsProcessLauncher implements ProcessLauncher {
  private static final String ANY_PORT = "tcp:127.0.0.1:0";

  /** Bytes that fit into {@code sockaddr_un} with their closing zero. */
  private static final int MAX_SOCKET_PATH = 107;

  private final List<String> command;
  private final Path models;
  private final Path socketFolder;
  private final int maxBatchSize;
  private final Spawner spawner;
  private final OomKills oomKills = new OomKills(Path.of("/"));

  /**
   * @param command the program, to which the worker's options are appended
   * @param models the folder of models
   * @param socketFolder where Unix domain sockets are made; null to use TCP on the loopback, which
   *     is also used when its path is too long for a socket
   */
  public OsProcessLauncher(
      List<String> command, Path models, Path socketFolder, int maxBatchSize, Spawner spawner) {
    this.command = List.copyOf(command);
    this.models = models;
    this.socketFolder = socketFolder;
    this.maxBatchSize = maxBatchSize;
    this.spawner = spawner;
  }

  @Override
  public WorkerProcess launch(WorkerSlot slot, int incarnation) throws IOException {
    List<String> arguments = new ArrayList<>(slot.wrapper());
    arguments.addAll(command);
    arguments.addAll(List.of("--models", models.toString()));
    arguments.addAll(List.of("--listen", listenOn(slot, incarnation)));
    arguments.addAll(List.of("--name", slot.name()));
    arguments.addAll(slot.options());
    arguments.addAll(List.of("--batch-sizes", batchSizes()));
    Process process = spawner.start(arguments, slot.environment());
    try {
      return new OsWorkerProcess(slot.name(), process, oomKills);
    } catch (RuntimeException | OutOfMemoryError e) {
      process.destroyForcibly(); // No thread to watch it with: nobody would know of it.
      throw e;
    }
  }

  private String listenOn(WorkerSlot slot, int incarnation) {
    if (socketFolder == null) {
      return ANY_PORT;
    }
    // A new name each time: a killed worker leaves its socket file behind.
    String path = socketFolder.resolve(slot.name() + "." + incarnation + ".sock").toString();
    return path.getBytes(StandardCharsets.UTF_8).length > MAX_SOCKET_PATH
        ? ANY_PORT
        : "unix:" + path;
  }

  /** Powers of two up to the largest batch: few shapes, each warmed once. */
  private String batchSizes() {
    List<String> sizes = new ArrayList<>();
    for (int size = 1; size < maxBatchSize; size *= 2) {
      sizes.add(String.valueOf(size));
    }
    sizes.add(String.valueOf(maxBatchSize));
    return String.join(",", sizes);
  }
}
