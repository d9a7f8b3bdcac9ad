package dev.tutti.server.supervision;

import java.util.Set;

/**
 * Says how a worker ended: from what its supervisor did to it, and from its exit status. A signal
 * that nobody here sent came from outside, unless it is one that the kernel sends for a fault, or
 * the kernel counts a process that it killed for lack of memory.
 */
final class EndJudge {
  /** What the supervisor did to a worker that was running. */
  enum Deed {
    NONE,
    ASKED_TO_DRAIN,
    KILLED_AS_HUNG,
    KILLED_AS_UNFIT
  }

  /** Of a Java virtual machine with {@code ExitOnOutOfMemoryError}. */
  static final int HEAP_EXHAUSTED = 3;

  private static final int SIGNALLED = 128;
  private static final int SIGKILL = 9;

  /** HUP, INT, QUIT, KILL, USR1, USR2, TERM. Others come from faults: ILL, ABRT, BUS, SEGV ... */
  private static final Set<Integer> SENT_BY_SOMEBODY = Set.of(1, 2, 3, SIGKILL, 10, 12, 15);

  private EndJudge() {}

  /**
   * The judgement.
   *
   * @param reason why the supervisor ended it; empty when it did not
   * @param served whether it had been ready
   */
  static WorkerEnd judge(Deed deed, String reason, WorkerExit exit, boolean served) {
    return end(kind(deed, exit, served), reason, exit);
  }

  /** An end in words; what a worker said before somebody ended it explains nothing. */
  static WorkerEnd end(WorkerEnd.Kind kind, String reason, WorkerExit exit) {
    String description =
        switch (kind) {
          case CRASHED -> exit.toString();
          case HUNG -> "hung and was killed: " + reason;
          case UNFIT -> "unfit and killed: " + reason;
          case OUT_OF_MEMORY -> "out of memory, exit status " + exit.code();
          case KILLED -> "ended from outside, exit status " + exit.code();
          case DRAINED -> "drained, exit status " + exit.code();
        };
    return new WorkerEnd(kind, description);
  }

  private static WorkerEnd.Kind kind(Deed deed, WorkerExit exit, boolean served) {
    if (exit.code() == HEAP_EXHAUSTED || (exit.code() == SIGNALLED + SIGKILL && exit.oomKilled())) {
      return WorkerEnd.Kind.OUT_OF_MEMORY;
    }
    boolean signalled = SENT_BY_SOMEBODY.contains(exit.code() - SIGNALLED);
    if (!signalled && exit.code() != 0) {
      return WorkerEnd.Kind.CRASHED;
    }
    return switch (deed) {
      case KILLED_AS_HUNG -> WorkerEnd.Kind.HUNG;
      case KILLED_AS_UNFIT -> WorkerEnd.Kind.UNFIT;
      case ASKED_TO_DRAIN -> WorkerEnd.Kind.DRAINED;
      // A worker that serves ends with 0 when it is asked to finish. One that ends so before it
      // serves was not asked: asked then, it ends by the signal.
      case NONE -> signalled || served ? WorkerEnd.Kind.KILLED : WorkerEnd.Kind.CRASHED;
    };
  }
}
