package dev.tutti.server.dispatch;

import dev.tutti.core.spectrogram.Spectrogram;
import dev.tutti.server.batching.WorkerLostException;
import dev.tutti.server.classify.Bank;
import dev.tutti.server.supervision.WorkerProcess;
import dev.tutti.worker.v1.DescribeBankRequest;
import dev.tutti.worker.v1.InferenceServiceGrpc;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The calls to one worker process. */
final class WorkerLink implements AutoCloseable {
  private static final int EXIT_WAIT_SECONDS = 2;

  private final String name;
  private final WorkerProcess process;
  private final ManagedChannel channel;
  private final Duration answerTimeout;

  /** Most rows of one call: a worker that is short of memory takes fewer than it was asked to. */
  private volatile int largestBatch = Integer.MAX_VALUE;

  WorkerLink(String name, WorkerProcess process, ManagedChannel channel, Duration answerTimeout) {
    this.name = name;
    this.process = process;
    this.channel = channel;
    this.answerTimeout = answerTimeout;
  }

  String name() {
    return name;
  }

  WorkerProcess process() {
    return process;
  }

  /** Asks which bank the worker holds. */
  CompletableFuture<Bank> describe(String bankName, int version, Instant now) {
    UnaryCall<dev.tutti.worker.v1.DescribeBankResponse> call = new UnaryCall<>();
    Context.ROOT.run(() -> stub().describeBank(DescribeBankRequest.getDefaultInstance(), call));
    return call.result()
        .thenApply(
            response -> {
              largestBatch = InferenceMapper.largestBatch(response);
              return InferenceMapper.bank(bankName, version, response, now);
            });
  }

  /** Runs a batch; see {@link dev.tutti.server.batching.BatchSink.Slot#run}. */
  CompletableFuture<List<float[]>> infer(Bank bank, List<Spectrogram> batch) {
    CompletableFuture<List<float[]>> answers = CompletableFuture.completedFuture(List.of());
    int most = Math.min(largestBatch, batch.size());
    for (int at = 0; at < batch.size(); at += most) {
      List<Spectrogram> part = batch.subList(at, Math.min(batch.size(), at + most));
      answers = answers.thenCombine(call(bank, part), WorkerLink::joined);
    }
    return answers;
  }

  private CompletableFuture<List<float[]>> call(Bank bank, List<Spectrogram> batch) {
    UnaryCall<dev.tutti.worker.v1.InferResponse> call = new UnaryCall<>();
    dev.tutti.worker.v1.InferRequest request = InferenceMapper.request(bank.digest(), batch);
    // A batch is many callers' work: the deadline or cancel of the one that sent it is not its own.
    Context.ROOT.run(() -> stub().infer(request, call));
    return call.result()
        .thenApply(response -> InferenceMapper.rows(response, batch.size(), bank.families().size()))
        .exceptionallyCompose(this::explain);
  }

  private static List<float[]> joined(List<float[]> rows, List<float[]> others) {
    return Stream.concat(rows.stream(), others.stream()).toList();
  }

  private InferenceServiceGrpc.InferenceServiceStub stub() {
    return InferenceServiceGrpc.newStub(channel)
        .withDeadlineAfter(answerTimeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  /** A broken connection is reported before the exit that broke it: wait for the exit to judge. */
  private CompletableFuture<List<float[]>> explain(Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    Status.Code code = Status.fromThrowable(cause).getCode();
    if (code == Status.Code.DEADLINE_EXCEEDED) {
      // It answers probes but not this: only a new process can be trusted.
      process.kill();
    } else if (code != Status.Code.UNAVAILABLE && code != Status.Code.CANCELLED) {
      return CompletableFuture.failedFuture(cause);
    }
    return process
        .exit()
        .thenApply(Optional::of)
        .completeOnTimeout(Optional.empty(), EXIT_WAIT_SECONDS, TimeUnit.SECONDS)
        .thenCompose(
            exit -> {
              boolean crashed = exit.isPresent() && !exit.get().fromOutside();
              String end = exit.map(Object::toString).orElse("its connection broke");
              return CompletableFuture.failedFuture(
                  new WorkerLostException(name + " was lost: " + end, crashed));
            });
  }
}
