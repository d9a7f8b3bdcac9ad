package dev.tutti.server.dispatch;

import com.google.protobuf.ByteString;
import dev.tutti.server.classify.TestBank;
import dev.tutti.server.time.Interleaving;
import dev.tutti.worker.v1.DescribeBankRequest;
import dev.tutti.worker.v1.DescribeBankResponse;
import dev.tutti.worker.v1.InferRequest;
import dev.tutti.worker.v1.InferResponse;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * A channel to a worker that says at once what it holds, and answers batches when it is told to.
 * Steps wherever it is called. Only used by interleaved threads, of which one runs at a time.
 */
final class ScriptedChannel extends ManagedChannel {
  /** Calls that wait, the oldest first. */
  final Deque<Call<?, ?>> calls = new ArrayDeque<>();

  private final Interleaving threads;
  private final DescribeBankResponse description;
  private boolean shutdown;

  ScriptedChannel(Interleaving threads, DescribeBankResponse description) {
    this.threads = threads;
    this.description = description;
  }

  /** Answers the oldest batch with the first value of each row. */
  void answer() {
    Call<?, ?> call = calls.removeFirst();
    call.answer();
  }

  void fail(Status status) {
    calls.removeFirst().close(status);
  }

  @Override
  public <Q, A> ClientCall<Q, A> newCall(MethodDescriptor<Q, A> method, CallOptions options) {
    threads.step();
    return new Call<>();
  }

  @Override
  public String authority() {
    return "scripted";
  }

  @Override
  public ManagedChannel shutdown() {
    return shutdownNow();
  }

  @Override
  public ManagedChannel shutdownNow() {
    threads.step();
    shutdown = true;
    while (!calls.isEmpty()) {
      fail(Status.UNAVAILABLE.withDescription("shut down"));
    }
    return this;
  }

  @Override
  public boolean isShutdown() {
    return shutdown;
  }

  @Override
  public boolean isTerminated() {
    return shutdown;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return shutdown;
  }

  /** One call; of the wire there is nothing. */
  final class Call<Q, A> extends ClientCall<Q, A> {
    private Listener<A> listener;
    private Object request;

    @Override
    public void start(Listener<A> responses, Metadata headers) {
      listener = responses;
    }

    @Override
    public void request(int messages) {}

    @Override
    public void cancel(String message, Throwable cause) {}

    @Override
    public void sendMessage(Q message) {
      request = message;
    }

    @Override
    public void halfClose() {
      threads.step();
      if (shutdown) {
        close(Status.UNAVAILABLE.withDescription("shut down"));
      } else if (request instanceof DescribeBankRequest) {
        send(description);
      } else {
        calls.addLast(this);
      }
    }

    private void answer() {
      InferRequest batch = (InferRequest) request;
      ByteBuffer bytes =
          ByteBuffer.allocate(batch.getRowsCount() * TestBank.FAMILIES.size() * 4)
              .order(ByteOrder.LITTLE_ENDIAN);
      batch
          .getRowsList()
          .forEach(
              row -> {
                float value = row.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN).getFloat();
                for (int i = 0; i < TestBank.FAMILIES.size(); i++) {
                  bytes.putFloat(value);
                }
              });
      send(InferResponse.newBuilder().setProbabilities(ByteString.copyFrom(bytes.flip())).build());
    }

    @SuppressWarnings("unchecked") // The method's type is that of the answer.
    private void send(Object answer) {
      threads.step();
      listener.onMessage((A) answer);
      close(Status.OK);
    }

    private void close(Status status) {
      threads.step();
      listener.onClose(status, new Metadata());
    }
  }
}
