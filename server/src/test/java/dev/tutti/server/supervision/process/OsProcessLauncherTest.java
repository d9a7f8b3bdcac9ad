package dev.tutti.server.supervision.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.server.device.WorkerSlot;
import dev.tutti.server.supervision.WorkerAddress;
import dev.tutti.server.supervision.WorkerExit;
import dev.tutti.server.supervision.WorkerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With processes of the operating system. */
class OsProcessLauncherTest {
  private static final WorkerSlot SLOT =
      new WorkerSlot(
          "worker-3",
          "cuda:1",
          List.of("env", "BOUND=yes"),
          List.of("--intra-threads", "4"),
          Map.of("CUDA_VISIBLE_DEVICES", "1"));
  private static final String HANDSHAKE = "say:TUTTI-WORKER 1 127.0.0.1:4567;";

  private static final Spawner SPAWNER = Spawner.find(System.getenv());

  private WorkerProcess worker;

  @AfterEach
  void end() {
    if (worker != null) {
      worker.kill();
    }
  }

  @Test
  void theHandshakeSaysWhereItListensWhateverElseIsPrinted() throws Exception {
    worker = launch("say:loading;shout:warning;" + HANDSHAKE + "wait");
    assertEquals(new WorkerAddress("127.0.0.1:4567"), worker.address().get(30, TimeUnit.SECONDS));
    assertTrue(ProcessHandle.of(worker.pid()).orElseThrow().isAlive());
    assertFalse(worker.exit().isDone());
  }

  @Test
  void outputBeyondAPipesBufferNeverBlocksIt() throws Exception {
    worker = launch("noise:1000000;" + HANDSHAKE + "noise:1000000;exit:0");
    assertEquals(0, exit().code());
    assertTrue(worker.address().isDone());
  }

  @Test
  void theExitComesWithItsLastWords() throws Exception {
    worker = launch("shout:first;shout:there are no models;say:bye;exit:2");
    assertEquals(new WorkerExit(2, "there are no models"), exit());
    assertFalse(worker.address().isDone());
  }

  @Test
  void aHandshakeThatCannotBeReadEndsIt() throws Exception {
    worker = launch("say:TUTTI-WORKER 1 nowhere;wait");
    WorkerExit exit = exit();
    assertTrue(exit.permanent(), exit.toString());
    assertTrue(exit.lastWords().contains("'nowhere'"), exit.lastWords());
  }

  @Test
  void terminatingAndKillingShowInTheExitStatus() throws Exception {
    worker = launch("will:finished my batch;" + HANDSHAKE + "wait");
    worker.address().get(30, TimeUnit.SECONDS);
    worker.terminate();
    assertEquals(new WorkerExit(143, "finished my batch"), exit());
    worker = launch(HANDSHAKE + "wait");
    worker.kill();
    assertEquals(137, exit().code());
  }

  @Test
  void aSocketWhosePathIsTooLongIsNotAskedFor() throws Exception {
    Path deep = Path.of("/" + "folder/".repeat(15));
    worker =
        new OsProcessLauncher(command("shout:ARGS;exit:0"), Path.of("/m"), deep, 8, SPAWNER)
            .launch(SLOT, 5);
    assertTrue(exit().lastWords().contains("--listen tcp:127.0.0.1:0 "), exit().lastWords());
  }

  @Test
  void itIsToldItsModelsItsSocketItsThreadsAndItsBatchSizes() throws Exception {
    worker = launch("shout:ARGS;exit:0");
    assertEquals(
        "--models /models --listen tcp:127.0.0.1:0 --name worker-3 --intra-threads 4"
            + " --batch-sizes 1,2,4,6",
        exit().lastWords());
    worker =
        new OsProcessLauncher(
                command("shout:ARGS;exit:0"), Path.of("/m"), Path.of("/s"), 8, SPAWNER)
            .launch(SLOT, 5);
    String words = exit().lastWords();
    assertTrue(words.contains("--listen unix:/s/worker-3.5.sock "), words);
    assertTrue(words.endsWith("--batch-sizes 1,2,4,8"), words);
  }

  @Test
  void itsEnvironmentIsSetBeforeItStarts() throws Exception {
    worker = launch("shout:$CUDA_VISIBLE_DEVICES;exit:0");
    assertEquals("1", exit().lastWords());
  }

  @Test
  void itIsStartedByItsWrapper() throws Exception {
    worker = launch("shout:$BOUND;exit:0");
    assertEquals("yes", exit().lastWords());
  }

  @Test
  void aProgramThatIsNotThereIsAnIoException() {
    WorkerSlot unwrapped = new WorkerSlot("worker-0", "cpu", List.of(), List.of(), Map.of());
    OsProcessLauncher launcher =
        new OsProcessLauncher(List.of("/no/such/program"), Path.of("/models"), null, 8, SPAWNER);
    assertThrows(IOException.class, () -> launcher.launch(unwrapped, 0));
  }

  private WorkerExit exit() throws Exception {
    return worker.exit().get(30, TimeUnit.SECONDS);
  }

  private static WorkerProcess launch(String script) throws Exception {
    return new OsProcessLauncher(command(script), Path.of("/models"), null, 6, SPAWNER)
        .launch(SLOT, 0);
  }

  private static List<String> command(String script) {
    return FakeWorkerMain.command(script);
  }
}
