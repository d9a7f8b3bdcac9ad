package dev.tutti.server.grpc.call;

import dev.tutti.server.admission.Permit;
import dev.tutti.server.admission.RequestLoad;
import dev.tutti.server.error.OverloadedException;
import dev.tutti.server.error.ServingException;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What one call's requests weigh. gRPC keeps the parts of a message until it is whole, however many
 * calls send halves, so bytes are counted as they arrive, and a call that takes the sum or its
 * message over a limit is refused right then.
 *
 * <p>They count until the call is over and so is all work that holds on to them: a caller who
 * leaves ends no work that runs, and what it holds is not free for others.
 *
 * <p>Bytes arrive on the transport's thread, messages are taken on the call's, and work ends
 * anywhere.
 */
public final class RequestBytes extends ServerStreamTracer implements RequestLoad {
  static final Context.Key<RequestBytes> KEY = Context.key("request-bytes");

  /**
   * What a message has to grow by to count as a sign of life: one that comes byte by byte would
   * hold its parts for as long as its client likes.
   */
  static final int PROGRESS_BYTES = 16 << 10;

  private final InFlightBytes all;
  private final int maxMessageBytes;
  private final LongSupplier nanoClock;

  /** Lengths on the wire of messages that are whole and have not been taken. */
  private final Queue<Long> whole = new ArrayDeque<>();

  private Consumer<ServingException> refusal = reason -> {};
  private long partial;

  /** Of {@link #partial}, what came since the last sign of life. */
  private long trickled;

  private long held;
  private boolean heardOf;

  /** No more is taken in. */
  private boolean over;

  /** Permits that are out, the call's own among them. */
  private int holders = 1;

  private final Permit ofCall = new Permit(outcome -> release());
  private volatile long heardNanos;

  RequestBytes(InFlightBytes all, int maxMessageBytes, LongSupplier nanoClock) {
    this.all = all;
    this.maxMessageBytes = maxMessageBytes;
    this.nanoClock = nanoClock;
    this.heardNanos = nanoClock.getAsLong();
  }

  /** Makes one for each call that a transport brings. */
  public static ServerStreamTracer.Factory tracers(
      InFlightBytes all, int maxMessageBytes, LongSupplier nanoClock) {
    return new ServerStreamTracer.Factory() {
      @Override
      public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
        return new RequestBytes(all, maxMessageBytes, nanoClock);
      }
    };
  }

  /** That of the current call; null where the transport has none. */
  static RequestBytes current() {
    return KEY.get();
  }

  @Override
  public Context filterContext(Context context) {
    return context.withValue(KEY, this);
  }

  /**
   * @param refuse ends the call, from any thread
   */
  synchronized void onExcess(Consumer<ServingException> refuse) {
    refusal = refuse;
  }

  @Override
  public void inboundWireSize(long bytes) {
    ServingException excess = null;
    Consumer<ServingException> refuse;
    synchronized (this) {
      if (over) {
        return;
      }
      trickled += bytes;
      if (partial == 0 || trickled >= PROGRESS_BYTES) {
        heardNanos = nanoClock.getAsLong();
        trickled = 0;
      }
      partial += bytes;
      heardOf = true;
      boolean fits = hold(bytes);
      if (partial > maxMessageBytes) {
        excess = RequestMarshaller.tooLarge(maxMessageBytes);
      } else if (!fits) {
        excess = all.overloaded();
      }
      refuse = refusal;
    }
    if (excess != null) {
      refuse.accept(excess);
    }
  }

  @Override
  public synchronized void inboundMessageRead(int number, long wireSize, long uncompressedSize) {
    whole.add(partial);
    partial = 0;
    heardNanos = nanoClock.getAsLong();
    heardOf = true;
  }

  /**
   * A message is about to be worked on.
   *
   * @param bytes its length, uncompressed
   * @return whether all requests are within their limit
   */
  synchronized boolean take(long bytes) {
    heardOf = true;
    Long wire = whole.poll();
    // Counted also when no more comes in, as what is given back is.
    boolean fits = holders == 0 || hold(bytes - (wire == null ? 0 : wire));
    return over || fits;
  }

  /** What was taken is accounted for elsewhere now. */
  synchronized void giveBack(long bytes) {
    if (holders > 0) {
      held -= bytes;
      all.remove(bytes);
    }
  }

  /** Since when a message has been waited for in vain; {@code now} where none is due. */
  synchronized long silentSince(long now) {
    return !over && (partial > 0 || !heardOf) ? heardNanos : now;
  }

  OverloadedException overloaded() {
    return all.overloaded();
  }

  @Override
  public synchronized Permit hold() {
    if (holders == 0) {
      // All has been given back already, and is not taken again.
      return RequestLoad.NONE.hold();
    }
    holders++;
    return new Permit(outcome -> release());
  }

  private synchronized void release() {
    holders--;
    if (holders == 0) {
      all.remove(held);
    }
  }

  /** The call is over: it weighs what its work still holds on to, and then nothing. */
  void end() {
    synchronized (this) {
      over = true;
    }
    ofCall.release(Permit.Outcome.IGNORED);
  }

  @Override
  public void streamClosed(Status status) {
    end();
  }

  private boolean hold(long bytes) {
    held += bytes;
    return all.add(bytes);
  }
}
