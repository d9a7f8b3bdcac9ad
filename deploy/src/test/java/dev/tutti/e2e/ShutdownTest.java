package dev.tutti.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.v1.EvaluateMixturesRequest;
import dev.tutti.v1.EvaluateMixturesResponse;
import dev.tutti.v1.EvaluationServiceGrpc;
import dev.tutti.v1.GroupCount;
import dev.tutti.v1.MixtureRecipe;
import dev.tutti.v1.Worker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However a gateway ends, its workers end with it. */
class ShutdownTest {
  private static final int SECONDS = 60;

  @TempDir Path folder;

  @Test
  void sigtermDrainsTheCallUnderWayAndLeavesNoWorker() throws Exception {
    try (GatewayProcess gateway = GatewayProcess.start(folder)) {
      List<ProcessHandle> workers = workers(gateway);
      Iterator<EvaluateMixturesResponse> responses = mixtures(gateway, 150);
      assertTrue(responses.next().hasPrediction());

      gateway.process().destroy();

      boolean summary = false;
      while (responses.hasNext()) {
        summary = responses.next().hasSummary();
      }
      assertTrue(summary, "the call under way was cut off");
      assertTrue(gateway.process().waitFor(SECONDS, TimeUnit.SECONDS));
      assertEquals(0, gateway.process().exitValue(), "stopped on request is no failure");
      assertAllEnd(workers);
    }
  }

  @Test
  void ctrlCIsARequestToStopToo() throws Exception {
    try (GatewayProcess gateway = GatewayProcess.start(folder)) {
      signal("INT", gateway.process());
      assertTrue(gateway.process().waitFor(SECONDS, TimeUnit.SECONDS));
      assertEquals(0, gateway.process().exitValue());
    }
  }

  @Test
  void aSecondSigtermEndsTheGatewayAtOnce() throws Exception {
    try (GatewayProcess gateway =
        GatewayProcess.start(folder, "--set", "server.drain-timeout=10m")) {
      List<ProcessHandle> workers = workers(gateway);
      // Whoever asks for mixtures and does not read them keeps the drain waiting.
      assertTrue(mixtures(gateway, 100_000).next().hasPrediction());
      gateway.process().destroy();
      Await.until("the first signal is heard", () -> gateway.logHas("Stopping on SIGTERM"));
      gateway.process().destroy();
      assertTrue(gateway.process().waitFor(SECONDS, TimeUnit.SECONDS));
      assertEquals(128 + 15, gateway.process().exitValue());
      assertAllEnd(workers);
    }
  }

  @Test
  void killedGatewaysWorkersEndThemselves() throws Exception {
    try (GatewayProcess gateway = GatewayProcess.start(folder)) {
      List<ProcessHandle> workers = workers(gateway);
      gateway.process().destroyForcibly().waitFor();
      assertAllEnd(workers);
    }
  }

  @Test
  void killedGatewaysWorkersEndAlsoWhenTheyAreStoppedAndTheirSocketsAreSweptByTheNext()
      throws Exception {
    Requires.succeeds(
        "A stopped worker ends with its gateway by setpriv",
        List.of("setpriv", "--pdeathsig", "KILL", "true"));
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    Map<String, String> environment = Map.of("TUTTI_JAVA_OPTS", "-Djava.io.tmpdir=" + temporary);
    try (GatewayProcess gateway = GatewayProcess.start(folder, environment)) {
      List<ProcessHandle> workers = workers(gateway);
      for (ProcessHandle worker : workers) {
        Process stop = new ProcessBuilder("kill", "-STOP", "" + worker.pid()).start();
        assertEquals(0, stop.waitFor());
      }
      gateway.process().destroyForcibly().waitFor();
      assertAllEnd(workers);
    }
    assertEquals(1, socketFolders(temporary).size());
    List<Path> left = socketFolders(temporary);
    try (GatewayProcess next = GatewayProcess.start(folder, environment)) {
      assertTrue(next.logHas("a gateway that is dead"), next.log());
      assertFalse(Files.exists(left.get(0)));
      assertEquals(1, socketFolders(temporary).size());
    }
    assertEquals(List.of(), socketFolders(temporary));
  }

  @Test
  void workersHaveASessionOfTheirOwnSoThatCtrlCReachesTheGatewayAlone() throws Exception {
    Requires.succeeds("Sessions need setsid", List.of("setsid", "true"));
    try (GatewayProcess gateway = GatewayProcess.start(folder)) {
      for (ProcessHandle worker : workers(gateway)) {
        String stat = Files.readString(Path.of("/proc/" + worker.pid() + "/stat"));
        String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        assertEquals(String.valueOf(worker.pid()), words[3]);
      }
    }
  }

  private static List<Path> socketFolders(Path temporary) throws IOException {
    try (Stream<Path> folders = Files.list(temporary)) {
      return folders.filter(each -> Files.exists(each.resolve("lock"))).toList();
    }
  }

  @Test
  void aFolderWithoutModelsIsAnErrorThatNamesIt() throws Exception {
    Path empty = Files.createDirectory(folder.resolve("no-models"));
    Distribution.Outcome outcome =
        Distribution.run("serve", "--port", "0", "--models", empty.toString());
    assertEquals(1, outcome.exitCode(), outcome.err());
    assertTrue(outcome.err().contains(empty.toString()), outcome.err());
  }

  private static Iterator<EvaluateMixturesResponse> mixtures(GatewayProcess gateway, int count) {
    return EvaluationServiceGrpc.newBlockingStub(gateway.channel())
        .evaluateMixtures(
            EvaluateMixturesRequest.newBuilder()
                .setDataset("samples")
                .setRecipe(
                    MixtureRecipe.newBuilder()
                        .addGroups(GroupCount.newBuilder().setSize(3).setCount(count)))
                .build());
  }

  private static void signal(String name, Process process) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + name, "" + process.pid()).start();
    assertEquals(0, kill.waitFor());
  }

  private static List<ProcessHandle> workers(GatewayProcess gateway) {
    List<ProcessHandle> handles =
        gateway.workers().stream()
            .map(Worker::getPid)
            .map(pid -> ProcessHandle.of(pid).orElseThrow())
            .toList();
    assertEquals(2, handles.size());
    return handles;
  }

  private static void assertAllEnd(List<ProcessHandle> workers) throws Exception {
    for (ProcessHandle worker : workers) {
      worker.onExit().get(SECONDS, TimeUnit.SECONDS);
      assertFalse(worker.isAlive());
    }
  }
}
