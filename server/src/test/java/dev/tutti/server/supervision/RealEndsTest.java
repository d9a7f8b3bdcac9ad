package dev.tutti.server.supervision;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tutti.server.device.WorkerSlot;
import dev.tutti.server.supervision.process.FakeWorkerMain;
import dev.tutti.server.supervision.process.OsProcessLauncher;
import dev.tutti.server.supervision.process.Spawner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the ends of real processes are judged. */
@Timeout(120)
class RealEndsTest {
  private static final String SERVES = "say:TUTTI-WORKER 1 127.0.0.1:1;";

  /** What a shell starts behind {@code &} ignores SIGINT, and so would all that is started here. */
  private static final List<String> HEARS_SIGINT = List.of("env", "--default-signal=INT");

  private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
  private final Spawner spawner = Spawner.find(System.getenv());
  private final CompletableFuture<WorkerHandle> ready = new CompletableFuture<>();
  private WorkerSupervisor supervisor;

  @AfterEach
  void end() throws Exception {
    if (supervisor != null) {
      supervisor.stop().get(60, TimeUnit.SECONDS);
    }
    scheduler.shutdownNow();
    spawner.close();
  }

  @ParameterizedTest
  @CsvSource({"TERM, KILLED", "INT, KILLED", "KILL, KILLED", "ABRT, CRASHED", "SEGV, CRASHED"})
  void aSignalFromOutsideAtAWorkerThatDrains(String signal, WorkerEnd.Kind kind) throws Exception {
    assertEquals(kind, endOf("drains;" + SERVES + "wait", "kill", "-" + signal).kind());
  }

  @Test
  void theSignalOfAWorkerThatDoesNotDrainIsSeenToo() throws Exception {
    assertEquals(WorkerEnd.Kind.KILLED, endOf(SERVES + "wait", "kill", "-TERM").kind());
  }

  @Test
  void oneThatIsAskedToFinishHasDrained() throws Exception {
    WorkerHandle worker = start("drains;" + SERVES + "wait", List.of());
    supervisor.stop();
    assertEquals(WorkerEnd.Kind.DRAINED, worker.end().get(60, TimeUnit.SECONDS).kind());
  }

  @Test
  void oneThatIsReportedIsKilledAsHung() throws Exception {
    WorkerHandle worker = start("drains;" + SERVES + "wait", List.of());
    worker.reportHung("no answer");
    assertEquals(WorkerEnd.Kind.HUNG, worker.end().get(60, TimeUnit.SECONDS).kind());
  }

  @Test
  void oneThatTakesMoreThanItsControlGroupHasRanOutOfMemory() throws Exception {
    Path group = limitedGroup();
    try {
      List<String> inside =
          List.of("sh", "-c", "echo $$ >" + group.resolve("cgroup.procs") + " && exec \"$@\"", "-");
      WorkerHandle worker = start(SERVES + "takes:600;wait", inside);
      assertEquals(WorkerEnd.Kind.OUT_OF_MEMORY, worker.end().get(60, TimeUnit.SECONDS).kind());
    } finally {
      supervisor.stop().get(60, TimeUnit.SECONDS);
      Files.deleteIfExists(group);
    }
  }

  private WorkerEnd endOf(String script, String... command) throws Exception {
    WorkerHandle worker = start(script, HEARS_SIGINT);
    String pid = String.valueOf(supervisor.snapshot().pid());
    assertEquals(0, new ProcessBuilder(command[0], command[1], pid).start().waitFor());
    return worker.end().get(60, TimeUnit.SECONDS);
  }

  private WorkerHandle start(String script, List<String> wrapper) throws Exception {
    WorkerSlot slot = new WorkerSlot("worker-0", "cpu", wrapper, List.of(), Map.of());
    FakeProbes probes = new FakeProbes();
    probes.serving = true;
    supervisor =
        new WorkerSupervisor(
            slot,
            SupervisionConfig.DEFAULT,
            new SupervisionContext(
                new OsProcessLauncher(
                    FakeWorkerMain.command(script), Path.of("/models"), null, 8, spawner),
                probes,
                scheduler,
                Clock.systemUTC(),
                System::nanoTime,
                () -> 0.5),
            new Recorder());
    supervisor.start();
    return ready.get(60, TimeUnit.SECONDS);
  }

  /** A control group of version 1 or 2 with 256 MiB, where this user may make one. */
  private static Path limitedGroup() throws IOException {
    String name = "tutti-test-" + ProcessHandle.current().pid();
    for (Path mount : List.of(Path.of("/sys/fs/cgroup/memory"), Path.of("/sys/fs/cgroup"))) {
      Path group = mount.resolve(name);
      boolean unified = !mount.endsWith("memory");
      try {
        Files.createDirectory(group);
        Files.writeString(
            group.resolve(unified ? "memory.max" : "memory.limit_in_bytes"),
            String.valueOf(256 << 20));
        return group;
      } catch (IOException e) {
        Files.deleteIfExists(group);
      }
    }
    System.out.println("SKIPPED: no control group with a limit can be made here");
    Assumptions.abort("SKIPPED: no control group with a limit can be made here");
    return null;
  }

  private final class Recorder implements WorkerListener {
    @Override
    public void onReady(String name, WorkerHandle worker) {
      ready.complete(worker);
    }

    @Override
    public void onSuspect(String name) {}

    @Override
    public void onGone(String name) {}

    @Override
    public void onFailed(String name, String reason) {}
  }
}
