package dev.tutti.server.grpc;

import dev.tutti.server.classify.Bank;
import dev.tutti.server.classify.Banks;
import dev.tutti.server.supervision.WorkerSnapshot;
import dev.tutti.v1.ListWorkersRequest;
import dev.tutti.v1.ListWorkersResponse;
import dev.tutti.v1.Worker;
import dev.tutti.v1.WorkerAdminServiceGrpc;
import dev.tutti.v1.WorkerState;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/** {@code tutti.v1.WorkerAdminService}. */
final class WorkerAdminEndpoint extends WorkerAdminServiceGrpc.WorkerAdminServiceImplBase {
  private final Supplier<List<WorkerSnapshot>> workers;
  private final ToIntFunction<String> batchesInFlight;
  private final Banks banks;

  WorkerAdminEndpoint(
      Supplier<List<WorkerSnapshot>> workers, ToIntFunction<String> batchesInFlight, Banks banks) {
    this.workers = workers;
    this.batchesInFlight = batchesInFlight;
    this.banks = banks;
  }

  @Override
  public void listWorkers(
      ListWorkersRequest request, StreamObserver<ListWorkersResponse> observer) {
    UnaryAnswer.sendNow(
        observer,
        () ->
            ListWorkersResponse.newBuilder()
                .addAllWorkers(workers.get().stream().map(this::toProto).toList())
                .build());
  }

  private Worker toProto(WorkerSnapshot snapshot) {
    String name = snapshot.slot().name();
    boolean ready = snapshot.state() == dev.tutti.server.supervision.WorkerState.READY;
    Worker.Builder worker =
        Worker.newBuilder()
            .setName(name)
            .setState(WorkerState.valueOf("WORKER_STATE_" + snapshot.state().name()))
            .setDevice(snapshot.slot().device())
            .setPid(snapshot.pid())
            .setAddress(snapshot.address().map(Object::toString).orElse(""))
            .setBankDigest(
                ready ? banks.all().stream().map(Bank::digest).findFirst().orElse("") : "")
            .setRestarts(snapshot.restarts())
            .setBatchesInFlight(batchesInFlight.applyAsInt(name))
            .setLastExit(snapshot.lastExit());
    snapshot.startTime().ifPresent(time -> worker.setStartTime(TimeMapper.toProto(time)));
    return worker.build();
  }
}
