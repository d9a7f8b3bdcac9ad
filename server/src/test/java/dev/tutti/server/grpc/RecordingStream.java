package dev.tutti.server.grpc;

import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * A client of a bidirectional call that sends only when the call is ready and reads only what it
 * asked for.
 */
final class RecordingStream<Q, R> implements ClientResponseObserver<Q, R> {
  final List<R> answers = Collections.synchronizedList(new ArrayList<>());
  private final Iterator<Q> offers;
  private final int readAtFirst;
  private ClientCallStreamObserver<Q> call;
  private volatile Optional<Throwable> failure = Optional.empty();
  private volatile boolean completed;
  private boolean halfClosed;
  private int sent;

  /**
   * @param offers what it has to send; it closes its side after the last
   * @param readAtFirst how many answers it asks for before {@link #read}
   */
  RecordingStream(Iterator<Q> offers, int readAtFirst) {
    this.offers = offers;
    this.readAtFirst = readAtFirst;
  }

  /** A client that reads everything and sends by hand. */
  static <Q, R> RecordingStream<Q, R> byHand() {
    RecordingStream<Q, R> stream =
        new RecordingStream<>(Collections.emptyIterator(), Integer.MAX_VALUE);
    stream.halfClosed = true;
    return stream;
  }

  @Override
  public void beforeStart(ClientCallStreamObserver<Q> stream) {
    call = stream;
    call.disableAutoRequestWithInitial(readAtFirst);
    call.setOnReadyHandler(this::offer);
  }

  ClientCallStreamObserver<Q> call() {
    return call;
  }

  /** Asks for more answers. */
  void read(int count) {
    call.request(count);
  }

  int sent() {
    return sent;
  }

  boolean completed() {
    return completed;
  }

  /** The status that ended the call; must have ended it. */
  com.google.rpc.Status status() {
    return Wire.status(failure.orElseThrow());
  }

  Status.Code code() {
    return Status.fromThrowable(failure.orElseThrow()).getCode();
  }

  boolean open() {
    return !completed && failure.isEmpty();
  }

  private void offer() {
    while (!halfClosed && call.isReady() && offers.hasNext()) {
      sent++;
      call.onNext(offers.next());
    }
    if (!halfClosed && !offers.hasNext()) {
      halfClosed = true;
      call.onCompleted();
    }
  }

  @Override
  public void onNext(R answer) {
    answers.add(answer);
  }

  @Override
  public void onError(Throwable problem) {
    failure = Optional.of(problem);
  }

  @Override
  public void onCompleted() {
    completed = true;
  }
}
