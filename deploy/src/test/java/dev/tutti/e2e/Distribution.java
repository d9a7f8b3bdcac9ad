package dev.tutti.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The distribution that the build has just laid out, and the programs that tests run. */
final class Distribution {
  private static final int LIMIT_SECONDS = 300;

  private Distribution() {}

  /** A program that has ended. */
  record Outcome(int exitCode, String out, String err) {}

  static Path home() {
    return Path.of(System.getProperty("tutti.dist"));
  }

  /** The same as an archive. */
  static Path archive() {
    return Path.of(System.getProperty("tutti.archive"));
  }

  /** The source checkout. */
  static Path root() {
    return Path.of(System.getProperty("tutti.root")).normalize();
  }

  static Path golden(String name) {
    return root().resolve("deploy/src/test/resources/golden").resolve(name);
  }

  /** It hears SIGINT, also where a shell started these tests behind {@code &} and ignores it. */
  static ProcessBuilder command(String... arguments) {
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.add(home().resolve("bin/tutti").toString());
    command.addAll(Arrays.asList(arguments));
    return new ProcessBuilder(command);
  }

  /** Runs the launcher to its end. */
  static Outcome run(String... arguments) throws IOException, InterruptedException {
    return run(command(arguments));
  }

  /** Runs a program to its end; it fails when that takes too long. */
  static Outcome run(ProcessBuilder builder) throws IOException, InterruptedException {
    Process process = builder.start();
    process.getOutputStream().close();
    CompletableFuture<String> out = read(process.getInputStream());
    CompletableFuture<String> err = read(process.getErrorStream());
    if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("Too slow: " + builder.command());
    }
    return new Outcome(process.exitValue(), out.join(), err.join());
  }

  private static CompletableFuture<String> read(java.io.InputStream stream) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
          } catch (IOException e) {
            return "(unreadable: " + e.getMessage() + ")";
          }
        });
  }
}
