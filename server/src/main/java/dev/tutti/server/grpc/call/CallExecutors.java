package dev.tutti.server.grpc.call;

import dev.tutti.v1.ClassificationServiceGrpc;
import dev.tutti.v1.EvaluationServiceGrpc;
import dev.tutti.v1.SpectrogramServiceGrpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallExecutorSupplier;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * Where calls run.
 *
 * @param calls work on clips
 * @param control health, reflection and what steers the server, which answer whatever the work
 */
public record CallExecutors(Executor calls, Executor control) {
  private static final Set<String> WORK =
      Set.of(
          ClassificationServiceGrpc.SERVICE_NAME,
          EvaluationServiceGrpc.SERVICE_NAME,
          SpectrogramServiceGrpc.SERVICE_NAME);

  ServerCallExecutorSupplier byService() {
    return new ServerCallExecutorSupplier() {
      @Override
      public <Q, A> Executor getExecutor(ServerCall<Q, A> call, Metadata headers) {
        return WORK.contains(call.getMethodDescriptor().getServiceName()) ? calls : control;
      }
    };
  }
}
