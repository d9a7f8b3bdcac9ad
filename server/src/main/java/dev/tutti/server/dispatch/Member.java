package dev.tutti.server.dispatch;

import dev.tutti.server.bank.Bank;
import dev.tutti.server.bank.Edition;

/** One worker of the {@link WorkerPool}, guarded by its lock. */
final class Member {
  final Edition edition;
  final WorkerLink link;

  /** What it holds; null until it has been found fit for work. */
  Bank bank;

  boolean suspect;
  boolean leaving;
  int inFlight;

  Member(Edition edition, WorkerLink link) {
    this.edition = edition;
    this.link = link;
  }

  /** A process that has ended gets nothing, also before anyone has said that it is gone. */
  boolean open() {
    return bank != null && edition.isOpen() && !suspect && !leaving && !link.worker().ended();
  }

  /** A worker that left keeps its channel until its last batch has come back. */
  boolean done() {
    return leaving && inFlight == 0;
  }
}
