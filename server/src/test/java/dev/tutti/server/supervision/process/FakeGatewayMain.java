package dev.tutti.server.supervision.process;

import dev.tutti.server.device.WorkerSlot;
import dev.tutti.server.supervision.WorkerProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A program that starts one worker from a thread that ends at once, says the worker's process id,
 * and then does nothing until its standard input ends.
 */
final class FakeGatewayMain {
  private FakeGatewayMain() {}

  public static void main(String[] args) throws Exception {
    Spawner spawner = Spawner.find(System.getenv());
    OsProcessLauncher launcher =
        new OsProcessLauncher(
            FakeWorkerMain.command("say:TUTTI-WORKER 1 127.0.0.1:1;wait"),
            Path.of("/models"),
            null,
            8,
            spawner);
    WorkerSlot slot = new WorkerSlot("worker-0", "cpu", List.of(), List.of(), Map.of());
    Thread shortLived =
        new Thread(
            () -> {
              try {
                WorkerProcess worker = launcher.launch(slot, 0);
                worker.address().join();
                System.out.println(worker.pid());
              } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    shortLived.start();
    shortLived.join();
    System.in.transferTo(System.out);
  }
}
