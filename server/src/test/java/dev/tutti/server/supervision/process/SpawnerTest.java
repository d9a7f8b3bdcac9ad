package dev.tutti.server.supervision.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With processes of the operating system. */
@Timeout(120)
class SpawnerTest {
  private final Spawner spawner = Spawner.find(System.getenv());
  private Process process;

  @AfterEach
  void end() {
    if (process != null) {
      process.destroyForcibly();
    }
    spawner.close();
  }

  @Test
  void aProcessHasASessionOfItsOwnAndTheIdThatWeSee() throws Exception {
    needs("setsid");
    process = spawner.start(List.of("cat"), Map.of());
    assertEquals("echo", echo("echo"));
    assertEquals(process.pid(), session(process.pid()));
  }

  @Test
  void aProcessOutlivesTheThreadThatAskedForIt() throws Exception {
    Thread shortLived =
        new Thread(
            () -> {
              try {
                process = spawner.start(List.of("cat"), Map.of());
              } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            },
            "short-lived");
    shortLived.start();
    shortLived.join();
    while (threads().contains("short-lived")) {
      Thread.onSpinWait();
    }
    assertEquals("still here", echo("still here"));
    assertEquals("and again", echo("and again"));
  }

  @Test
  void aStoppedWorkerEndsWithAGatewayThatIsKilled() throws Exception {
    needs("setpriv");
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                FakeGatewayMain.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = lines.readLine();
    while (!line.matches("\\d+")) {
      line = lines.readLine(); // What the log says.
    }
    ProcessHandle worker = ProcessHandle.of(Long.parseLong(line)).orElseThrow();
    assertEquals(0, new ProcessBuilder("kill", "-STOP", line).start().waitFor());
    assertTrue(worker.isAlive());
    process.destroyForcibly();
    worker.onExit().get(60, TimeUnit.SECONDS);
    assertFalse(worker.isAlive());
  }

  @Test
  void withoutThoseProgramsOnlyTheCommandIsLeft() {
    try (Spawner bare = Spawner.find(Map.of("PATH", "/nowhere"))) {
      assertEquals(List.of(), bare.prefix());
    }
  }

  private String echo(String word) throws Exception {
    process.getOutputStream().write((word + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
    StringBuilder read = new StringBuilder();
    for (int c = process.getInputStream().read(); c != '\n' && c >= 0; ) {
      read.append((char) c);
      c = process.getInputStream().read();
    }
    return read.toString();
  }

  private static List<String> threads() throws Exception {
    List<String> names = new java.util.ArrayList<>();
    try (var tasks = Files.list(Path.of("/proc/self/task"))) {
      for (Path task : tasks.toList()) {
        try {
          names.add(Files.readString(task.resolve("comm")).strip());
        } catch (java.io.IOException e) {
          // It has just ended.
        }
      }
    }
    return names;
  }

  /** The sixth word, counted behind the name in parentheses. */
  private static long session(long pid) throws Exception {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[3]);
  }

  private void needs(String program) {
    boolean there = spawner.prefix().stream().anyMatch(word -> word.endsWith("/" + program));
    if (!there) {
      System.out.println("SKIPPED: there is no " + program + " here that works");
    }
    Assumptions.assumeTrue(there, "SKIPPED: there is no " + program + " here that works");
  }
}
