package dev.tutti.server;

import dev.tutti.core.label.InstrumentFamily;
import dev.tutti.server.bank.Bank;
import dev.tutti.server.grpc.call.AdminAccess;
import dev.tutti.server.reload.LoadedEditions;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What {@code tutti serve} says once it serves. */
final class Announcement {
  private static final int SHORT_DIGEST = 12;

  private Announcement() {}

  /**
   * The lines, the first of which says where to reach the server.
   *
   * @param address where it listens, as HOST:PORT
   */
  static List<String> of(
      String address, long pid, Bank bank, List<LoadedEditions.Worker> workers, AdminAccess admin) {
    return List.of(
        "Serving %d families on %s (process %d). Stop with Ctrl-C."
            .formatted(bank.families().size(), address, pid),
        "  bank      %s, %s, digest %s"
            .formatted(
                bank.name(),
                bank.version() == 0 ? "not numbered" : "version " + bank.version(),
                bank.digest().substring(0, Math.min(SHORT_DIGEST, bank.digest().length()))),
        "  families  " + families(bank),
        "  workers   "
            + workers.stream().map(Announcement::worker).collect(Collectors.joining(", ")),
        "  admin     " + admin(admin));
  }

  /** As the notebook said it, with those that are there in front. */
  private static String families(Bank bank) {
    String served =
        bank.families().asList().stream()
            .map(InstrumentFamily::label)
            .collect(Collectors.joining(", "));
    String missing =
        Arrays.stream(InstrumentFamily.values())
            .filter(family -> !bank.families().asList().contains(family))
            .map(family -> " Model for " + family.label() + " not found.")
            .collect(Collectors.joining());
    return missing.isEmpty() ? served : served + "." + missing;
  }

  private static String worker(LoadedEditions.Worker worker) {
    var snapshot = worker.snapshot();
    return "%s on %s (process %d, %s)"
        .formatted(
            snapshot.slot().name(),
            snapshot.slot().device(),
            snapshot.pid(),
            snapshot.state().name().toLowerCase(Locale.ROOT));
  }

  private static String admin(AdminAccess access) {
    String who =
        switch (access) {
          case OFF -> "nobody";
          case LOCAL -> "callers on this machine";
          case ANY -> "everybody who reaches the port";
        };
    return "%s may reload, drain and restart (server.admin=%s)"
        .formatted(who, access.name().toLowerCase(Locale.ROOT));
  }
}
