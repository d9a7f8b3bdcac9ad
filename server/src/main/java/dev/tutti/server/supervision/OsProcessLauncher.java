package dev.tutti.server.supervision;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts workers as processes of the operating system, by an argument list and never a shell. */
public final class OsProcessLauncher implements ProcessLauncher {
  private final List<String> command;
  private final Path models;
  private final Path socketFolder;
  private final int maxBatchSize;

  /**
   * @param command the program, to which the worker's options are appended
   * @param models the folder of models
   * @param socketFolder where Unix domain sockets are made; null to use TCP on the loopback
   */
  public OsProcessLauncher(List<String> command, Path models, Path socketFolder, int maxBatchSize) {
    this.command = List.copyOf(command);
    this.models = models;
    this.socketFolder = socketFolder;
    this.maxBatchSize = maxBatchSize;
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
    ProcessBuilder builder = new ProcessBuilder(arguments);
    builder.environment().putAll(slot.environment());
    return new OsWorkerProcess(slot.name(), builder.start());
  }

  private String listenOn(WorkerSlot slot, int incarnation) {
    // A new name each time: a killed worker leaves its socket file behind.
    return socketFolder == null
        ? "tcp:127.0.0.1:0"
        : "unix:" + socketFolder.resolve(slot.name() + "." + incarnation + ".sock");
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
