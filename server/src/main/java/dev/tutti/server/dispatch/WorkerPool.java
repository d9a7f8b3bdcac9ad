package dev.tutti.server.dispatch;

import dev.tutti.core.spectrogram.Spectrogram;
import dev.tutti.server.batching.BatchSink;
import dev.tutti.server.classify.Bank;
import dev.tutti.server.classify.Stages;
import dev.tutti.server.error.UnavailableException;
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
  private final List<Runnable> roomListeners = new CopyOnWriteArrayList<>();
  private final List<IntConsumer> sizeListeners = new CopyOnWriteArrayList<>();

  private final Object lock = new Object();
  private final Map<String, Member> members = new HashMap<>();

  public WorkerPool(
      DispatchConfig config,
      ServedBanks banks,
      Function<WorkerAddress, ManagedChannel> channels,
      Clock clock) {
    this.config = config;
    this.banks = banks;
    this.channels = channels;
    this.clock = clock;
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
                return batch -> run(member, batch);
              });
    }
  }

  @Override
  public Optional<UnavailableException> refusal(String bank) {
    return banks.refusal(bank);
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
   * a trial, is ended.
   *
   * @param observer hears which workers have been found fit for work, or not
   */
  public WorkerListener members(Edition edition, EditionObserver observer) {
    return new EditionMembers(edition, observer);
  }

  /** Looks again who serves: editions were opened, given up or forgotten. */
  public void refresh() {
    announceSize();
    announceRoom();
  }

  @Override
  public void close() {
    synchronized (lock) {
      members.values().forEach(member -> member.link.close());
      members.clear();
    }
  }

  private final class EditionMembers implements WorkerListener {
    private final Edition edition;
    private final EditionObserver observer;

    EditionMembers(Edition edition, EditionObserver observer) {
      this.edition = edition;
      this.observer = observer;
    }

    @Override
    public void onReady(WorkerSlot slot, WorkerProcess process, WorkerAddress address) {
      Member joining = null;
      synchronized (lock) {
        Member member = members.get(slot.name());
        if (member == null || member.link.process() != process) {
          joining =
              new Member(
                  edition,
                  new WorkerLink(
                      slot.name(), process, channels.apply(address), config.answerTimeout()));
          members.put(slot.name(), joining);
        } else {
          member.suspect = false;
        }
      }
      edition.revive();
      if (joining != null) {
        join(joining, observer);
      } else {
        refresh();
      }
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
          member.closeIfIdle();
        }
      }
      announceSize();
    }

    @Override
    public void onFailed(WorkerSlot slot, String reason) {
      log.error("{} is given up: {}", slot.name(), reason);
    }
  }

  /** Not under the lock: the answer calls listeners, which have locks of their own. */
  private void join(Member member, EditionObserver observer) {
    Edition edition = member.edition;
    member
        .link
        .describe(banks.name(), edition.version(), clock.instant())
        .thenCompose(
            bank ->
                edition.isOpen() || !edition.offer(bank)
                    ? CompletableFuture.completedFuture(bank)
                    : Trial.run(member.link, bank))
        .whenComplete(
            (described, failure) -> {
              if (failure != null) {
                log.warn("{} is not fit for work", member.link.name(), failure);
                observer.onUnfit(member.link.name(), Stages.unwrap(failure).getMessage());
                member.link.process().kill();
                return;
              }
              if (!edition.offer(described)) {
                log.error(
                    "{} holds bank {} and not {}: the models on disk have changed. It gets no"
                        + " work; reload them to serve them.",
                    member.link.name(),
                    described.digest(),
                    edition.bank().map(Bank::digest).orElse(""));
                observer.onUnfit(member.link.name(), "it holds other models than the others");
                return;
              }
              synchronized (lock) {
                member.bank = described;
              }
              observer.onFit(member.link.name());
              refresh();
            });
  }

  private CompletableFuture<List<float[]>> run(Member member, List<Spectrogram> batch) {
    CompletableFuture<List<float[]>> answer;
    try {
      answer = member.link.infer(member.bank, batch);
    } catch (RuntimeException e) {
      answer = CompletableFuture.failedFuture(e);
    }
    return answer.whenComplete(
        (rows, failure) -> {
          synchronized (lock) {
            member.inFlight--;
            member.closeIfIdle();
          }
          announceRoom();
        });
  }

  private void announceSize() {
    Optional<Edition> preferred = banks.preferred();
    int open;
    synchronized (lock) {
      open =
          (int)
              members.values().stream()
                  .filter(member -> member.open() && preferred.equals(Optional.of(member.edition)))
                  .count();
    }
    sizeListeners.forEach(listener -> listener.accept(open));
  }

  private void announceRoom() {
    roomListeners.forEach(Runnable::run);
  }
}
