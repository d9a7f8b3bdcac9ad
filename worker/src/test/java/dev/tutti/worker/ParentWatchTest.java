package dev.tutti.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How real processes end, whatever hangs in them. */
@Timeout(120)
class ParentWatchTest {
  private Process process;

  @AfterEach
  void end() {
    process.destroyForcibly();
  }

  @ParameterizedTest
  @ValueSource(strings = {"monitor", "loop", "starting", "idle"})
  void theEndOfStandardInputEndsItWhateverHangs(String how) throws Exception {
    start(how);
    process.getOutputStream().close();
    assertEquals(0, exitCode());
  }

  @Test
  void theEndOfStandardInputEndsOneThatHangsInItsDraining() throws Exception {
    start("monitor");
    process.toHandle().destroy();
    process.getOutputStream().close();
    assertEquals(0, exitCode());
  }

  @Test
  void aSignalDrainsAndEndsWithZero() throws Exception {
    start("idle");
    process.toHandle().destroy();
    assertEquals("drained", process.errorReader().readLine());
    assertEquals(0, exitCode());
  }

  @Test
  void aSignalThatFindsNothingToDrainIsSeenInTheExitCode() throws Exception {
    start("starting");
    process.toHandle().destroy();
    assertEquals(143, exitCode());
  }

  private int exitCode() throws InterruptedException {
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "It did not end.");
    return process.exitValue();
  }

  private void start(String how) throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m",
                "-cp",
                System.getProperty("java.class.path"),
                StuckWorkerMain.class.getName(),
                how)
            .start();
    assertEquals("ready", process.inputReader().readLine());
  }
}
