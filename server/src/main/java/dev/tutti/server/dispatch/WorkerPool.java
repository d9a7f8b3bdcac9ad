package dev.tutti.server.dispatch;

import dev.tutti.server.admission.Permit;
import dev.tutti.server.bank.Bank;
import dev.tutti.server.bank.Edition;
import dev.tutti.server.bank.EditionObserver;
import dev.tutti.server.bank.Outlook;
import dev.tutti.server.bank.ServedBanks;
import dev.tutti.server.batching.BatchSink;
import dev.tutti.server.error.UnavailableException;
import dev.tutti.server.supervision.WorkerAddress;
import dev.tutti.server.supervision.WorkerHandle;
import dev.tutti.server.supervision.WorkerListener;
import io.grpc.ManagedChannel;
import io.grpc.SynchronizationContext;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The workers that can take batches now. A batch goes to the one with the fewest in flight of those
 * that hold its bank.
 */
public final class WorkerPool implements BatchSink, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WorkerPool.class);

  private final DispatchConfig config;
  private final ServedBanks banks;
  private final Function<WorkerAddress, ManagedChannel> channels;
  private final Clock clock;
  private final LongSupplier nanoClock;
  private final Outlook outlook;
  private final List<Runnable> roomListeners = new CopyOnWriteArrayList<>();
  private final List<IntConsumer> sizeListeners = new CopyOnWriteArrayList<>();

  /** One announcement at a time, each with what is true when it is made. */
  private final SynchronizationContext sizes =
      new SynchronizationContext(
          (thread, problem) -> log.error("A listener failed to take the size", problem));

  private final Object lock = new Object();
  private final Map<String, Member> members = new HashMap<>();

  public WorkerPool(
      DispatchConfig config,
      ServedBanks banks,
      Function<WorkerAddress, ManagedChannel> channels,
      Clock clock,
      LongSupplier nanoClock) {
    this.config = config;
    this.banks = banks;
    this.channels = channels;
    this.clock = clock;
    this.nanoClock = nanoClock;
    this.outlook = new Outlook(banks, clock, nanoClock);
  }

  ServedBanks banks() {
    return banks;
  }

  Instant now() {
    return clock.instant();
  }

  @Override
  public Optional<Slot> tryAcquire(String bank) {
    synchronized (lock) {
      return members.values().stream()
          .filter(member -> member.open() && member.bank.digest().equals(bank))
          .filter(member -> member.inFlight < config.maxConcurrentBatches())
          .min(Comparator.comparingInt((Member member) -> member.inFlight))
          .map(
              member -> {
                member.inFlight++;
                return new Room(member, new Permit(outcome -> release(member)));
              });
    }
  }

  @Override
  public Optional<UnavailableException> refusal(String bank) {
    return banks.refusal(bank);
  }

  /** For calls that have a deadline. */
  public Outlook outlook() {
    return outlook;
  }

  @Override
  public void onRoom(Runnable listener) {
    roomListeners.add(listener);
  }

  /**
   * Calls back with the number of workers that can take work for the preferred bank, whenever it
   * may have changed.
   */
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

  /** The digest of the bank that a worker holds; empty before it has been found fit for work. */
  public String bankOf(String worker) {
    synchronized (lock) {
      Member member = members.get(worker);
      return member == null || member.bank == null ? "" : member.bank.digest();
    }
  }

  /**
   * What the workers of an edition are to report to. One that does not say what it serves, or fails
   * a canary check, is ended.
   *
   * @param observer hears which workers have been found fit for work, or not
   */
  public WorkerListener members(Edition edition, EditionObserver observer) {
    return new EditionMembers(this, edition, observer);
  }

  /** Looks again who serves: editions were opened, given up or forgotten. */
  public void refresh() {
    announceSize();
    announceRoom();
    outlook.recheck();
  }

  @Override
  public void close() {
    List<Member> closing;
    synchronized (lock) {
      closing = List.copyOf(members.values());
      members.clear();
    }
    // Not under the lock: a channel that is shut down fails its calls, whose callers have locks.
    closing.forEach(member -> member.link.close());
  }

  /** A worker that has joined is ready again; returns whether it is the process that joined. */
  boolean resume(String name, WorkerHandle worker) {
    synchronized (lock) {
      Member member = members.get(name);
      boolean same = member != null && member.link.worker() == worker;
      if (same) {
        member.suspect = false;
      }
      return same;
    }
  }

  /** A worker joins, and gets no work before {@link #admit}. */
  Member join(Edition edition, String name, WorkerHandle worker) {
    // Not under the lock: what opens a channel is not ours.
    Member joining =
        new Member(
            edition,
            new WorkerLink(
                name, worker, channels.apply(worker.address()), config.answerTimeout(), nanoClock));
    synchronized (lock) {
      members.put(name, joining);
    }
    return joining;
  }

  /** A worker has been found fit for work. */
  void admit(Member member, Bank holds) {
    synchronized (lock) {
      member.bank = holds;
    }
  }

  /** A worker gets no work for now. */
  void suspend(String name) {
    synchronized (lock) {
      Member member = members.get(name);
      if (member != null) {
        member.suspect = true;
      }
    }
    announceSize();
  }

  /** A worker gets no more work. */
  void remove(String name) {
    Member gone;
    boolean done = false;
    synchronized (lock) {
      gone = members.remove(name);
      if (gone != null) {
        gone.leaving = true;
        done = gone.done();
      }
    }
    if (done) {
      gone.link.close();
    }
    announceSize();
  }

  private void release(Member member) {
    boolean done;
    synchronized (lock) {
      member.inFlight--;
      done = member.done();
    }
    if (done) {
      member.link.close();
    }
    announceRoom();
  }

  private void announceSize() {
    sizes.execute(
        () -> {
          int open = open();
          sizeListeners.forEach(listener -> listener.accept(open));
        });
  }

  private int open() {
    Optional<Edition> preferred = banks.preferred();
    synchronized (lock) {
      return (int)
          members.values().stream()
              .filter(member -> member.open() && preferred.equals(Optional.of(member.edition)))
              .count();
    }
  }

  /** A batch has been answered whether or not a listener can take it that there is room. */
  private void announceRoom() {
    for (Runnable listener : roomListeners) {
      try {
        listener.run();
      } catch (RuntimeException | Error e) {
        log.error("A listener failed to use the room", e);
      }
    }
  }
}
