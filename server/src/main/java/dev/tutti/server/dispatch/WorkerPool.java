package dev.tutti.server.dispatch;

import dev.tutti.core.spectrogram.Spectrogram;
import dev.tutti.server.batching.BatchSink;
import dev.tutti.server.supervision.WorkerAddress;
import dev.tutti.server.supervision.WorkerListener;
import dev.tutti.server.supervision.WorkerProcess;
import dev.tutti.server.supervision.WorkerSlot;
import io.grpc.ManagedChannel;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The workers that can take batches now. A batch goes to the one with the fewest in flight. */
public final class WorkerPool implements BatchSink, WorkerListener, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WorkerPool.class);

  private final DispatchConfig config;
  private final ServedBank bank;
  private final Function<WorkerAddress, ManagedChannel> channels;
  private final Clock clock;
  private final List<Runnable> roomListeners = new CopyOnWriteArrayList<>();
  private final List<IntConsumer> sizeListeners = new CopyOnWriteArrayList<>();

  private final Object lock = new Object();
  private final Map<String, Member> members = new HashMap<>();

  public WorkerPool(
      DispatchConfig config,
      ServedBank bank,
      Function<WorkerAddress, ManagedChannel> channels,
      Clock clock) {
    this.config = config;
    this.bank = bank;
    this.channels = channels;
    this.clock = clock;
  }

  @Override
  public Optional<Slot> tryAcquire() {
    synchronized (lock) {
      return members.values().stream()
          .filter(member -> member.open() && member.inFlight < config.maxConcurrentBatches())
          .min(Comparator.comparingInt((Member member) -> member.inFlight))
          .map(
              member -> {
                member.inFlight++;
                return batch -> run(member, batch);
              });
    }
  }

  @Override
  public void onRoom(Runnable listener) {
    roomListeners.add(listener);
  }

  /** Calls back with the number of workers that can take work, whenever it may have changed. */
  public void onSize(IntConsumer listener) {
    sizeListeners.add(listener);
  }

  /** Batches that a worker has now. */
  public int inFlight(String worker) {
    synchronized (lock) {
      Member member = members.get(worker);
      return member == null ? 0 : member.inFlight;
    }
  }

  @Override
  public void onReady(WorkerSlot slot, WorkerProcess process, WorkerAddress address) {
    Member joining = null;
    synchronized (lock) {
      Member member = members.get(slot.name());
      if (member == null || member.link.process() != process) {
        joining =
            new Member(
                new WorkerLink(
                    slot.name(), process, channels.apply(address), config.answerTimeout()));
        members.put(slot.name(), joining);
      } else {
        member.suspect = false;
      }
    }
    if (joining != null) {
      join(joining);
      return;
    }
    announceSize();
    announceRoom();
  }

  @Override
  public void onSuspect(WorkerSlot slot) {
    synchronized (lock) {
      Member member = members.get(slot.name());
      if (member != null) {
        member.suspect = true;
      }
    }
    announceSize();
  }

  @Override
  public void onGone(WorkerSlot slot) {
    synchronized (lock) {
      Member member = members.remove(slot.name());
      if (member != null) {
        member.leaving = true;
        closeIfIdle(member);
      }
    }
    announceSize();
  }

  @Override
  public void onFailed(WorkerSlot slot, String reason) {
    log.error("{} is given up: {}", slot.name(), reason);
  }

  @Override
  public void close() {
    synchronized (lock) {
      members.values().forEach(member -> member.link.close());
      members.clear();
    }
  }

  /** Not under the lock: the answer calls listeners, which have locks of their own. */
  private void join(Member member) {
    member
        .link
        .describe(bank.name(), clock.instant())
        .whenComplete(
            (described, failure) -> {
              if (failure != null) {
                log.warn("{} does not say what it serves", member.link.name(), failure);
                member.link.process().kill();
                return;
              }
              if (!bank.offer(described)) {
                log.error(
                    "{} holds bank {} and not {}: the models on disk have changed. It gets no"
                        + " work; start the gateway anew to serve them.",
                    member.link.name(),
                    described.digest(),
                    bank.require("").digest());
                return;
              }
              synchronized (lock) {
                member.agreed = true;
              }
              announceSize();
              announceRoom();
            });
  }

  private CompletableFuture<List<float[]>> run(Member member, List<Spectrogram> batch) {
    CompletableFuture<List<float[]>> answer;
    try {
      answer = member.link.infer(bank.require(""), batch);
    } catch (RuntimeException e) {
      answer = CompletableFuture.failedFuture(e);
    }
    return answer.whenComplete(
        (rows, failure) -> {
          synchronized (lock) {
            member.inFlight--;
            closeIfIdle(member);
          }
          announceRoom();
        });
  }

  /** A worker that left keeps its channel until its last batch has come back. */
  private static void closeIfIdle(Member member) {
    if (member.leaving && member.inFlight == 0) {
      member.link.close();
    }
  }

  private void announceSize() {
    int open;
    synchronized (lock) {
      open = (int) members.values().stream().filter(Member::open).count();
    }
    sizeListeners.forEach(listener -> listener.accept(open));
  }

  private void announceRoom() {
    roomListeners.forEach(Runnable::run);
  }

  /** Guarded by the pool's lock. */
  private static final class Member {
    final WorkerLink link;

    /** Whether it holds the bank that is served. */
    boolean agreed;

    boolean suspect;
    boolean leaving;
    int inFlight;

    Member(WorkerLink link) {
      this.link = link;
    }

    /** A process that has ended gets nothing, also before anyone has said that it is gone. */
    boolean open() {
      return agreed && !suspect && !leaving && !link.process().exit().isDone();
    }
  }
}
