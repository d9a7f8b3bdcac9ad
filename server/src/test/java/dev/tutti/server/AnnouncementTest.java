package dev.tutti.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tutti.core.label.FamilySet;
import dev.tutti.core.spectrogram.StftParameters;
import dev.tutti.core.threshold.Thresholds;
import dev.tutti.server.bank.Bank;
import dev.tutti.server.device.WorkerSlot;
import dev.tutti.server.grpc.call.AdminAccess;
import dev.tutti.server.reload.LoadedEditions;
import dev.tutti.server.supervision.WorkerSnapshot;
import dev.tutti.server.supervision.WorkerState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AnnouncementTest {
  @Test
  void everythingThatAnOperatorAsksFirstIsSaid() {
    FamilySet families = FamilySet.notebook();
    Bank bank =
        new Bank(
            "default",
            3,
            "0123456789abcdef",
            families,
            1025,
            126,
            StftParameters.nsynth(),
            Thresholds.uniform(families, 0.5),
            100,
            Instant.EPOCH);
    LoadedEditions.Worker worker =
        new LoadedEditions.Worker(
            new WorkerSnapshot(
                new WorkerSlot("worker-0", "cpu", List.of(), List.of(), Map.of()),
                WorkerState.READY,
                4243,
                Optional.empty(),
                0,
                Optional.empty(),
                "",
                Optional.empty()),
            3);
    assertEquals(
        List.of(
            "Serving 10 families on 127.0.0.1:50051 (process 4242). Stop with Ctrl-C.",
            "  bank      default, version 3, digest 0123456789ab",
            "  families  bass, brass, flute, guitar, keyboard, mallet, organ, reed, string, vocal."
                + " Model for synth_lead not found.",
            "  workers   worker-0 on cpu (process 4243, ready)",
            "  admin     callers on this machine may reload, drain and restart"
                + " (server.admin=local)"),
        Announcement.of("127.0.0.1:50051", 4242, bank, List.of(worker), AdminAccess.LOCAL));
  }
}
