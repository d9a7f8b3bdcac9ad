package dev.tutti.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tutti.v1.DrainWorkerRequest;
import dev.tutti.v1.RestartWorkerRequest;
import dev.tutti.v1.Worker;
import dev.tutti.v1.WorkerAdminServiceGrpc;
import dev.tutti.v1.WorkerState;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerAdminTest {
  @TempDir Path folder;

  @Test
  void workersAreDrainedAndRestarted() throws Exception {
    String models = Distribution.golden("models").toString();
    try (GatewayProcess gateway =
        GatewayProcess.start(folder, "--devices", "cpu:1", "--models", models)) {
      var admin = WorkerAdminServiceGrpc.newBlockingStub(gateway.channel());
      Worker before = gateway.workers().get(0);
      Worker drained =
          admin
              .drainWorker(DrainWorkerRequest.newBuilder().setName("worker-0").build())
              .getWorker();
      assertEquals(WorkerState.WORKER_STATE_STOPPED, drained.getState());
      assertEquals(0, drained.getPid());
      StatusRuntimeException nobody =
          assertThrows(StatusRuntimeException.class, () -> Calls.classify(gateway, ""));
      assertEquals(Status.Code.UNAVAILABLE, nobody.getStatus().getCode());

      admin.restartWorker(RestartWorkerRequest.newBuilder().setName("worker-0").build());
      Calls.awaitReady(gateway, 1);
      Worker restarted = gateway.workers().get(0);
      assertNotEquals(before.getPid(), restarted.getPid());
      assertEquals(10, Calls.classify(gateway, "").getPredictionsCount());
      assertEquals(before.getBankDigest(), gateway.workers().get(0).getBankDigest());
      StatusRuntimeException unknown =
          assertThrows(
              StatusRuntimeException.class,
              () -> admin.drainWorker(DrainWorkerRequest.newBuilder().setName("x").build()));
      assertEquals(Status.Code.NOT_FOUND, unknown.getStatus().getCode());
    }
  }

  @Test
  void whoeverMayNotChangeTheServerIsToldWhy() throws Exception {
    try (GatewayProcess gateway =
        GatewayProcess.start(folder, "--devices", "cpu:1", "--set", "server.admin=off")) {
      StatusRuntimeException refusal =
          assertThrows(StatusRuntimeException.class, () -> Calls.reload(gateway));
      assertEquals(Status.Code.PERMISSION_DENIED, refusal.getStatus().getCode());
      assertTrue(refusal.getMessage().contains("server.admin"), refusal.getMessage());
    }
  }
}
