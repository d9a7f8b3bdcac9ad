package dev.tutti.server.grpc;

import dev.tutti.server.dispatch.WorkerPool;
import dev.tutti.server.grpc.call.TimeMapper;
import dev.tutti.server.grpc.call.UnaryAnswer;
import dev.tutti.server.reload.LoadedEditions;
import dev.tutti.server.supervision.WorkerSnapshot;
import dev.tutti.v1.DrainWorkerRequest;
import dev.tutti.v1.DrainWorkerResponse;
import dev.tutti.v1.ListWorkersRequest;
import dev.tutti.v1.ListWorkersResponse;
import dev.tutti.v1.RestartWorkerRequest;
import dev.tutti.v1.RestartWorkerResponse;
import dev.tutti.v1.Worker;
import dev.tutti.v1.WorkerAdminServiceGrpc;
import dev.tutti.v1.WorkerState;
import io.grpc.stub.StreamObserver;

/** {@code tutti.v1.WorkerAdminService}. */
public final class WorkerAdminEndpoint extends WorkerAdminServiceGrpc.WorkerAdminServiceImplBase {
  private final LoadedEditions workers;
  private final WorkerPool load;

  public WorkerAdminEndpoint(LoadedEditions workers, WorkerPool load) {
    this.workers = workers;
    this.load = load;
  }

  @Override
  public void listWorkers(
      ListWorkersRequest request, StreamObserver<ListWorkersResponse> observer) {
    UnaryAnswer.sendNow(
        observer,
        () ->
            ListWorkersResponse.newBuilder()
                .addAllWorkers(workers.workers().stream().map(this::toProto).toList())
                .build());
  }

  @Override
  public void drainWorker(
      DrainWorkerRequest request, StreamObserver<DrainWorkerResponse> observer) {
    UnaryAnswer.send(
        observer,
        () ->
            workers
                .drain(request.getName())
                .thenApply(
                    worker -> DrainWorkerResponse.newBuilder().setWorker(toProto(worker)).build()));
  }

  @Override
  public void restartWorker(
      RestartWorkerRequest request, StreamObserver<RestartWorkerResponse> observer) {
    UnaryAnswer.send(
        observer,
        () ->
            workers
                .restart(request.getName())
                .thenApply(
                    worker ->
                        RestartWorkerResponse.newBuilder().setWorker(toProto(worker)).build()));
  }

  private Worker toProto(LoadedEditions.Worker described) {
    WorkerSnapshot snapshot = described.snapshot();
    String name = snapshot.slot().name();
    Worker.Builder worker =
        Worker.newBuilder()
            .setName(name)
            .setState(WorkerState.valueOf("WORKER_STATE_" + snapshot.state().name()))
            .setDevice(snapshot.slot().device())
            .setPid(snapshot.pid())
            .setAddress(snapshot.address().map(Object::toString).orElse(""))
            .setBankDigest(load.bankOf(name))
            .setBankVersion(described.version())
            .setRestarts(snapshot.restarts())
            .setBatchesInFlight(load.inFlight(name))
            .setLastExit(snapshot.lastExit());
    snapshot.startTime().ifPresent(time -> worker.setStartTime(TimeMapper.toProto(time)));
    return worker.build();
  }
}
