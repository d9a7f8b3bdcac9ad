package dev.tutti.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Twenty reloads; run with {@code -Dtutti.soak=true}. */
@EnabledIfSystemProperty(named = "tutti.soak", matches = "true")
class ReloadSoakTest {
  private static final int RELOADS = 20;
  private static final int CALLS_EACH = 20;
  private static final double TOLERANCE = 1.10;

  @TempDir Path folder;

  @Test
  void memoryStaysWhereItWas() throws Exception {
    ModelVersions versions = new ModelVersions(folder.resolve("models"));
    versions.add(1, false);
    try (GatewayProcess gateway = GatewayProcess.start(folder, versions.options())) {
      List<Long> resident = new ArrayList<>();
      for (int version = 2; version < RELOADS + 2; version++) {
        versions.add(version, version % 2 == 0);
        assertEquals(version, Calls.reload(gateway).getVersion());
        Calls.awaitReady(gateway, 2);
        for (int i = 0; i < CALLS_EACH; i++) {
          Calls.classify(gateway, "");
        }
        resident.add(residentKilobytes(gateway.process().toHandle()));
      }
      System.out.println("resident KiB after each reload: " + resident);
      assertTrue(resident.get(RELOADS - 1) <= resident.get(0) * TOLERANCE, "it grew: " + resident);
    }
  }

  /** Of a process and all that it started. */
  private static long residentKilobytes(ProcessHandle root) {
    return Stream.concat(Stream.of(root), root.descendants())
        .mapToLong(process -> residentKilobytes(process.pid()))
        .sum();
  }

  private static long residentKilobytes(long pid) {
    try {
      return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .sum();
    } catch (IOException e) {
      // It has just ended.
      return 0;
    }
  }
}
