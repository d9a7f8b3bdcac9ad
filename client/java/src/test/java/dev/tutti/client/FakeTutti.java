package dev.tutti.client;

import dev.tutti.v1.ClassificationServiceGrpc;
import dev.tutti.v1.ClassifyRequest;
import dev.tutti.v1.ClassifyResponse;
import dev.tutti.v1.EvaluateMixturesRequest;
import dev.tutti.v1.EvaluateMixturesResponse;
import dev.tutti.v1.EvaluationServiceGrpc;
import dev.tutti.v1.ListModelBanksRequest;
import dev.tutti.v1.ListModelBanksResponse;
import dev.tutti.v1.ListWorkersRequest;
import dev.tutti.v1.ListWorkersResponse;
import dev.tutti.v1.ModelServiceGrpc;
import dev.tutti.v1.ReloadModelBankRequest;
import dev.tutti.v1.ReloadModelBankResponse;
import dev.tutti.v1.WorkerAdminServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A gateway in this process that gives prepared answers and remembers what it was asked. */
final class FakeTutti implements AutoCloseable {
  final ManagedChannel channel;
  ClassifyResponse classified = ClassifyResponse.getDefaultInstance();
  ListModelBanksResponse banks = ListModelBanksResponse.getDefaultInstance();
  ListWorkersResponse workers = ListWorkersResponse.getDefaultInstance();
  final List<EvaluateMixturesResponse> events = new ArrayList<>();

  /** Fails every call, where there is one. */
  Optional<Throwable> failure = Optional.empty();

  /** Leaves evaluations open after their events. */
  boolean endless;

  volatile boolean cancelled;
  ClassifyRequest lastClassify = ClassifyRequest.getDefaultInstance();
  EvaluateMixturesRequest lastEvaluate = EvaluateMixturesRequest.getDefaultInstance();
  private final Server server;

  FakeTutti() throws IOException {
    String name = InProcessServerBuilder.generateName();
    server =
        InProcessServerBuilder.forName(name)
            .directExecutor()
            .addService(new Classification())
            .addService(new Evaluation())
            .addService(new Models())
            .addService(new Workers())
            .build()
            .start();
    channel = InProcessChannelBuilder.forName(name).directExecutor().build();
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  private <T> void answer(StreamObserver<T> observer, T response) {
    if (failure.isPresent()) {
      observer.onError(failure.get());
    } else {
      observer.onNext(response);
      observer.onCompleted();
    }
  }

  private final class Classification
      extends ClassificationServiceGrpc.ClassificationServiceImplBase {
    @Override
    public void classify(ClassifyRequest request, StreamObserver<ClassifyResponse> observer) {
      lastClassify = request;
      answer(observer, classified);
    }
  }

  private final class Evaluation extends EvaluationServiceGrpc.EvaluationServiceImplBase {
    @Override
    public void evaluateMixtures(
        EvaluateMixturesRequest request, StreamObserver<EvaluateMixturesResponse> observer) {
      lastEvaluate = request;
      ((ServerCallStreamObserver<EvaluateMixturesResponse>) observer)
          .setOnCancelHandler(() -> cancelled = true);
      events.forEach(observer::onNext);
      if (failure.isPresent()) {
        observer.onError(failure.get());
      } else if (!endless) {
        observer.onCompleted();
      }
    }
  }

  private final class Models extends ModelServiceGrpc.ModelServiceImplBase {
    @Override
    public void listModelBanks(
        ListModelBanksRequest request, StreamObserver<ListModelBanksResponse> observer) {
      answer(observer, banks);
    }

    @Override
    public void reloadModelBank(
        ReloadModelBankRequest request, StreamObserver<ReloadModelBankResponse> observer) {
      answer(observer, ReloadModelBankResponse.newBuilder().setBank(banks.getBanks(0)).build());
    }
  }

  private final class Workers extends WorkerAdminServiceGrpc.WorkerAdminServiceImplBase {
    @Override
    public void listWorkers(
        ListWorkersRequest request, StreamObserver<ListWorkersResponse> observer) {
      answer(observer, workers);
    }
  }
}
