package dev.tutti.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.tutti.server.config.ConfigSource;
import dev.tutti.server.config.InvalidSettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayTest {
  @TempDir Path folder;

  @Test
  void oneThatCannotBeBuiltLeavesNothingBehind() throws IOException {
    Files.createDirectory(folder.resolve("1"));
    GatewayConfig config =
        GatewayConfig.from(
            new ConfigSource(
                Map.of(
                    "models.path", folder.toString(),
                    "models.label.missing", "7",
                    "server.max-connections", "16")));
    Set<Thread> threads = gatewayThreads();
    Set<Path> folders = socketFolders();
    assertThrows(InvalidSettingException.class, () -> new Gateway(config));
    assertEquals(folders, socketFolders());
    assertEquals(threads, gatewayThreads());
  }

  private static Set<Path> socketFolders() throws IOException {
    try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return all.filter(path -> path.getFileName().toString().startsWith("tutti-"))
          .collect(Collectors.toSet());
    }
  }

  /** Threads start with their first task, so none of ours may be there at all. */
  private static Set<Thread> gatewayThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("gateway-timer"))
        .collect(Collectors.toSet());
  }
}
