package dev.tutti.server.dispatch;

import dev.tutti.server.async.Futures;
import dev.tutti.server.bank.Bank;
import dev.tutti.server.batching.Batch;
import dev.tutti.server.batching.BatchAnswer;
import dev.tutti.server.batching.WorkerLostException;
import dev.tutti.server.error.OverloadedException;
import dev.tutti.server.supervision.WorkerEnd;
import dev.tutti.server.supervision.WorkerHandle;
import dev.tutti.worker.v1.DescribeBankRequest;
import dev.tutti.worker.v1.DescribeBankResponse;
import dev.tutti.worker.v1.InferRequest;
import dev.tutti.worker.v1.InferResponse;
import dev.tutti.worker.v1.InferenceServiceGrpc;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.MetadataUtils;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The calls to one worker process. */
final class WorkerLink implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WorkerLink.class);
  private static final int EXIT_WAIT_SECONDS = 2;
  private static final Duration MEMORY_RETRY = Duration.ofSeconds(1);

  private final String name;
  private final WorkerHandle worker;
  private final ManagedChannel channel;
  private final Duration answerTimeout;
  private final LongSupplier nanoClock;
  private final UnderWay underWay = new UnderWay();

  /** Most rows of one call: a worker that is short of memory takes fewer than it was asked to. */
  private volatile int largestBatch = Integer.MAX_VALUE;

  WorkerLink(
      String name,
      WorkerHandle worker,
      ManagedChannel channel,
      Duration answerTimeout,
      LongSupplier nanoClock) {
    this.name = name;
    this.worker = worker;
    this.channel = channel;
    this.answerTimeout = answerTimeout;
    this.nanoClock = nanoClock;
  }

  String name() {
    return name;
  }

  WorkerHandle worker() {
    return worker;
  }

  int largestBatch() {
    return largestBatch;
  }

  /** Asks which bank the worker holds. */
  CompletableFuture<Bank> describe(String bankName, int version, Instant now) {
    UnaryCall<DescribeBankResponse> call = new UnaryCall<>();
    Context.ROOT.run(() -> stub().describeBank(DescribeBankRequest.getDefaultInstance(), call));
    return call.result()
        .thenApply(
            response -> {
              largestBatch = InferenceMapper.largestBatch(response);
              return InferenceMapper.bank(bankName, version, response, now);
            })
        .exceptionallyCompose(failure -> explain(failure, false));
  }

  /** Runs a batch; see {@link dev.tutti.server.batching.BatchSink.Slot#run}. */
  CompletableFuture<BatchAnswer> infer(Bank bank, Batch batch) {
    long start = nanoClock.getAsLong();
    return run(bank, batch).thenApply(rows -> rows.answer(name, nanoClock.getAsLong() - start));
  }

  private CompletableFuture<WorkerRows> run(Bank bank, Batch batch) {
    return BatchInParts.run(this, bank, batch);
  }

  /** Runs rows that the worker takes at once, as far as is known. */
  CompletableFuture<WorkerRows> call(Bank bank, Batch batch) {
    InferRequest request = InferenceMapper.request(bank.digest(), batch.rows());
    UnaryCall<InferResponse> call = new UnaryCall<>();
    Object place = underWay.begin();
    try {
      // A batch is many callers' work: the deadline or cancel of the one that sent it is not its
      // own.
      Context.ROOT.run(() -> stub(batch.requestIds()).infer(request, call));
    } catch (Throwable e) {
      underWay.end(place);
      throw e;
    }
    return call.result()
        .thenApply(response -> InferenceMapper.rows(response, batch.size(), bank.families().size()))
        .exceptionallyCompose(failure -> explain(failure, underWay.runs(place)))
        .whenComplete((answer, failure) -> underWay.end(place))
        .exceptionallyCompose(failure -> again(failure, bank, batch));
  }

  /**
   * A worker that has no room for a call gets it again when it is rid of another; one that has no
   * other gets fewer rows at once from now on.
   */
  private CompletableFuture<WorkerRows> again(Throwable failure, Bank bank, Batch batch) {
    Throwable cause = Futures.unwrap(failure);
    if (Status.fromThrowable(cause).getCode() != Status.Code.RESOURCE_EXHAUSTED) {
      return CompletableFuture.failedFuture(cause);
    }
    Optional<CompletableFuture<Void>> room = underWay.nextEnd();
    if (room.isPresent()) {
      return room.get().thenCompose(end -> run(bank, batch));
    }
    if (batch.size() == 1) {
      return CompletableFuture.failedFuture(
          new OverloadedException(
              name + " has no room for one more sample: " + cause.getMessage(), MEMORY_RETRY));
    }
    largestBatch = Math.min(largestBatch, batch.size() / 2);
    log.warn(
        "{} has no room for {} samples at once and gets at most {} from now on: {}",
        name,
        batch.size(),
        largestBatch,
        cause.getMessage());
    return run(bank, batch);
  }

  private InferenceServiceGrpc.InferenceServiceStub stub() {
    return InferenceServiceGrpc.newStub(channel)
        .withDeadlineAfter(answerTimeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  private InferenceServiceGrpc.InferenceServiceStub stub(Set<String> requestIds) {
    return stub()
        .withInterceptors(
            MetadataUtils.newAttachHeadersInterceptor(InferenceMapper.metadata(requestIds)));
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  /**
   * A broken connection is reported before the end that broke it is judged: wait for that.
   *
   * @param ran whether the worker ran this call when it failed, so that its rows may be the reason
   */
  private <T> CompletableFuture<T> explain(Throwable failure, boolean ran) {
    Throwable cause = Futures.unwrap(failure);
    Status.Code code = Status.fromThrowable(cause).getCode();
    boolean hung = code == Status.Code.DEADLINE_EXCEEDED;
    if (hung) {
      // It may answer probes but not this: only a new process can be trusted.
      worker.reportHung("a call was not answered within " + answerTimeout.toMillis() + " ms");
    } else if (code != Status.Code.UNAVAILABLE && code != Status.Code.CANCELLED) {
      return CompletableFuture.failedFuture(cause);
    }
    return worker
        .end()
        .thenApply(Optional::of)
        .completeOnTimeout(Optional.empty(), EXIT_WAIT_SECONDS, TimeUnit.SECONDS)
        .thenCompose(
            end -> {
              boolean ownFault = end.map(WorkerEnd::ownFault).orElse(hung);
              String how = end.map(Object::toString).orElse("its connection broke");
              return CompletableFuture.failedFuture(
                  new WorkerLostException(name + " was lost: " + how, ran && ownFault));
            });
  }
}
