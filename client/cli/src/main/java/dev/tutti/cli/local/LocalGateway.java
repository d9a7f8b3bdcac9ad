package dev.tutti.cli.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A gateway of our own for one command, on a free loopback port. It ends with us even when we are
 * killed, because it watches its standard input.
 */
public final class LocalGateway implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(5);
  private static final int STOP_SECONDS = 40;
  private static final List<String> FILES = List.of("port", "log");

  /** What gateway and worker put before the sentence that says the reason. */
  private static final String PREFIX = "^(.*tutti-worker: |tutti( serve)?: )";

  private final Process process;
  private final Path folder;
  private final int port;

  private LocalGateway(Process process, Path folder, int port) {
    this.process = process;
    this.folder = folder;
    this.port = port;
  }

  /**
   * Starts a gateway and waits until it serves.
   *
   * @param options options of {@code tutti serve}
   * @throws IOException with what the gateway said last, when it does not come up
   */
  public static LocalGateway start(Installation installation, List<String> options)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("tutti-cli-");
    // What Ctrl-C ends is not closed.
    folder.toFile().deleteOnExit();
    FILES.forEach(name -> folder.resolve(name).toFile().deleteOnExit());
    Path portFile = folder.resolve("port");
    Path log = folder.resolve("log");
    List<String> command = new ArrayList<>();
    command.add(installation.launcher().toString());
    command.addAll(List.of("serve", "--port", "0", "--port-file", portFile.toString()));
    command.add("--exit-with-stdin");
    command.addAll(options);
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    LocalGateway starting = new LocalGateway(process, folder, 0);
    try {
      awaitPort(process, portFile, log);
      int port = Integer.parseInt(Files.readString(portFile).strip());
      return new LocalGateway(process, folder, port);
    } catch (IOException | InterruptedException e) {
      starting.close();
      throw e;
    }
  }

  /** The address to connect to, HOST:PORT. */
  public String target() {
    return "127.0.0.1:" + port;
  }

  /** Ends the gateway and waits until it is gone. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      for (String name : FILES) {
        Files.deleteIfExists(folder.resolve(name));
      }
      Files.delete(folder);
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static void awaitPort(Process process, Path portFile, Path log)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + START_LIMIT.toNanos();
    while (!Files.exists(portFile)) {
      if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
        throw new IOException("the server did not start: " + lastLine(log));
      }
      if (System.nanoTime() > end) {
        throw new IOException(
            "the server was not ready after " + START_LIMIT.toSeconds() + " s: " + lastLine(log));
      }
    }
  }

  private static String lastLine(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
    return lines.stream()
        .filter(line -> !line.isBlank())
        .reduce((a, b) -> b)
        .map(line -> line.replaceFirst(PREFIX, ""))
        .orElse("it printed nothing");
  }
}
